/** `P(positive | f) = 1 / (1 + exp(a * f + b))`; a is negative where larger decision values mean positive. */
export interface Sigmoid {
  readonly a: number;
  readonly b: number;
}

/**
 * Fits the sigmoid that turns decision values into probabilities, by maximum likelihood with Platt's smoothed targets
 * ((N+ + 1) / (N+ + 2) and 1 / (N- + 2) instead of 1 and 0), so that separable values do not make it a step.
 *
 * Platt 1999; Newton's method with backtracking as in Lin, Lin, Weng: A note on Platt's probabilistic outputs for support
 * vector machines, Machine Learning 68, 2007.
 * @param decisions decision values of samples that the machine has not been trained on.
 * @param positives for each of them 1 or 0.
 */
export function plattScaling(decisions: ArrayLike<number>, positives: ArrayLike<number>): Sigmoid {
  const size = decisions.length;
  let positiveCount = 0;
  for (let i = 0; i < size; i++) positiveCount += positives[i]!;
  const negativeCount = size - positiveCount;
  const high = (positiveCount + 1) / (positiveCount + 2);
  const low = 1 / (negativeCount + 2);

  const loss = (a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const z = a * decisions[i]! + b;
      const target = positives[i]! ? high : low;
      sum += z >= 0 ? target * z + Math.log1p(Math.exp(-z)) : (target - 1) * z + Math.log1p(Math.exp(z));
    }
    return sum;
  };

  let a = 0;
  let b = Math.log((negativeCount + 1) / (positiveCount + 1));
  let value = loss(a, b);
  for (let iteration = 0; iteration < 100; iteration++) {
    // 1e-12 keeps the Hessian invertible where all decision values are equal.
    let haa = 1e-12;
    let hbb = 1e-12;
    let hab = 0;
    let ga = 0;
    let gb = 0;
    for (let i = 0; i < size; i++) {
      const f = decisions[i]!;
      const p = sigmoid(a * f + b);
      const curvature = p * (1 - p);
      haa += f * f * curvature;
      hbb += curvature;
      hab += f * curvature;
      const slope = (positives[i]! ? high : low) - p;
      ga += f * slope;
      gb += slope;
    }
    if (Math.abs(ga) < 1e-5 && Math.abs(gb) < 1e-5) break;
    const determinant = haa * hbb - hab * hab;
    const da = -(hbb * ga - hab * gb) / determinant;
    const db = -(haa * gb - hab * ga) / determinant;
    const descent = ga * da + gb * db;
    let step = 1;
    let next = loss(a + da, b + db);
    while (!(next < value + 1e-4 * step * descent) && step > 1e-10) {
      step /= 2;
      next = loss(a + step * da, b + step * db);
    }
    if (step <= 1e-10) break;
    a += step * da;
    b += step * db;
    value = next;
  }
  return { a, b };
}

/** Where held-out values speak against the machine, or say nothing, people come out about equally probable, in the machine's order. */
export function rising({ a, b }: Sigmoid): Sigmoid {
  return { a: Math.min(a, -1e-3), b };
}

/** Logarithm of the sigmoid's probability, exact where the probability itself would round to 0 or 1. */
export function logProbability({ a, b }: Sigmoid, decision: number): number {
  const z = a * decision + b;
  return z >= 0 ? -z - Math.log1p(Math.exp(-z)) : -Math.log1p(Math.exp(z));
}

function sigmoid(z: number): number {
  return z >= 0 ? Math.exp(-z) / (1 + Math.exp(-z)) : 1 / (1 + Math.exp(z));
}
