import { InputError } from "../errors.js";

/** A rising curve through points, straight between them and level beyond; see {@link isotonicRegression}. */
export interface RisingCurve {
  /** Strictly rising. */
  readonly xs: Float64Array;
  /** Rising. */
  readonly ys: Float64Array;
}

/**
 * The rising curve that is nearest to points by squares, by pooling adjacent violators; as scikit-learn's `IsotonicRegression` with
 * `out_of_bounds="clip"`. From decision values and 1 or 0 it makes probabilities that need no sigmoid's shape, and that are exactly 0
 * below the lowest and 1 above the highest value where the other answer was seen: with few points it believes too much.
 *
 * Zadrozny, Elkan: Transforming classifier scores into accurate multiclass probability estimates, KDD 2002. Ayer et al.: An empirical
 * distribution function for sampling with incomplete information, Annals of Mathematical Statistics 26, 1955.
 * @param values x of the points, finite, in any order; those at one x count as their mean.
 * @param targets y of the points, finite: for probabilities 1 or 0.
 * @returns points where the curve bends; between them others lie on it.
 * @throws InputError on no points, lists of different lengths, or a number that is not finite.
 */
export function isotonicRegression(values: ArrayLike<number>, targets: ArrayLike<number>): RisingCurve {
  const size = values.length;
  if (size === 0 || size !== targets.length) {
    throw new InputError(
      `invalid points: ${size} values, ${targets.length} targets (must be as many, and at least one)`,
    );
  }
  for (let i = 0; i < size; i++) {
    const wrong = Number.isFinite(values[i]) ? targets[i]! : values[i]!;
    if (!Number.isFinite(wrong)) throw new InputError(`invalid point: ${wrong} (must be finite)`);
  }
  const { xs, sums, counts } = meansByX(values, targets);
  // Blocks of neighbours that share a value: a block that would be below the one before is poured into it.
  const blocks: { sum: number; count: number; end: number }[] = [];
  for (let i = 0; i < xs.length; i++) {
    let block = { sum: sums[i]!, count: counts[i]!, end: i };
    for (let before = blocks.at(-1); before !== undefined; before = blocks.at(-1)) {
      if (before.sum / before.count < block.sum / block.count) break;
      blocks.pop();
      block = { sum: before.sum + block.sum, count: before.count + block.count, end: i };
    }
    blocks.push(block);
  }
  const [bendX, bendY]: [number[], number[]] = [[], []];
  let start = 0;
  for (const { sum, count, end } of blocks) {
    for (const i of start === end ? [end] : [start, end]) {
      bendX.push(xs[i]!);
      bendY.push(sum / count);
    }
    start = end + 1;
  }
  return { xs: Float64Array.from(bendX), ys: Float64Array.from(bendY) };
}

/** The curve's height at x. */
export function heightAt({ xs, ys }: RisingCurve, x: number): number {
  if (x <= xs[0]!) return ys[0]!;
  if (x >= xs.at(-1)!) return ys.at(-1)!;
  let low = 0;
  let high = xs.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle]! <= x) low = middle;
    else high = middle;
  }
  return ys[low]! + ((x - xs[low]!) / (xs[high]! - xs[low]!)) * (ys[high]! - ys[low]!);
}

/** The distinct x, rising, with the sum and the number of the y at each. */
function meansByX(values: ArrayLike<number>, targets: ArrayLike<number>) {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i);
  order.sort((a, b) => values[a]! - values[b]!);
  const [xs, sums, counts]: [number[], number[], number[]] = [[], [], []];
  for (const i of order) {
    if (xs.length === 0 || values[i]! > xs.at(-1)!) {
      xs.push(values[i]!);
      sums.push(0);
      counts.push(0);
    }
    sums[xs.length - 1]! += targets[i]!;
    counts[xs.length - 1]! += 1;
  }
  return { xs, sums, counts };
}
