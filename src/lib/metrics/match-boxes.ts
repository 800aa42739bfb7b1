import { requireNumber } from "../errors.js";
import type { Box } from "../types.js";
import { boxOverlap } from "./box-overlap.js";

/** Two boxes that are taken for the same face, as positions in the two lists. */
export interface BoxMatch {
  readonly first: number;
  readonly second: number;
  /** Their intersection over union, in 0..1. */
  readonly overlap: number;
}

/**
 * Pairs the boxes of two lists one to one: the two that overlap most first, then the next two of those left, and so on. Neither list is
 * preferred: exchanged, they give the same pairs wherever no two overlaps are equal.
 * @param minOverlap least intersection over union of a pair, in (0, 1].
 * @returns the pairs, largest overlap first; of equal overlaps the earlier box of the first list, then of the second.
 * @throws InputError on a `minOverlap` out of range.
 */
export function matchBoxes(first: readonly Box[], second: readonly Box[], minOverlap = 0.5): BoxMatch[] {
  requireNumber("minOverlap", minOverlap, 0, 1);
  const candidates = first
    .flatMap((a, i) => second.map((b, j): BoxMatch => ({ first: i, second: j, overlap: boxOverlap(a, b) })))
    .filter(({ overlap }) => overlap >= minOverlap)
    .sort((a, b) => b.overlap - a.overlap);
  const taken = { first: new Set<number>(), second: new Set<number>() };
  return candidates.filter((pair) => {
    if (taken.first.has(pair.first) || taken.second.has(pair.second)) return false;
    taken.first.add(pair.first);
    taken.second.add(pair.second);
    return true;
  });
}
