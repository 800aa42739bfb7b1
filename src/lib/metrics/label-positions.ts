import { compareCodePoints } from "../compare-code-points.js";
import { InputError } from "../errors.js";

/**
 * Positions of distinct labels.
 * @throws InputError where a label is there twice, or there is none.
 */
export function labelPositions(labels: readonly string[]): Map<string, number> {
  if (labels.length === 0) throw new InputError("invalid labels: none (must be at least one)");
  const positions = new Map(labels.map((label, position) => [label, position]));
  if (positions.size < labels.length) {
    const twice = labels.find((label, position) => positions.get(label) !== position);
    throw new InputError(`invalid labels: ${twice} is there twice (must be distinct)`);
  }
  return positions;
}

/** Position of a label. @throws InputError where it is not among the labels. */
export function positionOf(positions: ReadonlyMap<string, number>, label: string): number {
  const position = positions.get(label);
  if (position === undefined) {
    throw new InputError(`unknown label: ${label} (must be one of the ${positions.size} given labels)`);
  }
  return position;
}

/** The distinct labels, sorted by code point as numpy sorts them. */
export function distinctLabels(labels: Iterable<string>): string[] {
  return [...new Set(labels)].sort(compareCodePoints);
}
