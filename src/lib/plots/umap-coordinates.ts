import { UMAP } from "umap-js";
import { InputError } from "../errors.js";
import type { Random } from "../types.js";

/** With fewer points there are no neighbourhoods to keep. */
export const FEWEST_FOR_UMAP = 5;

/**
 * A map of points in two dimensions that keeps neighbours together (UMAP; McInnes, Healy and Melville 2018). Distances
 * between groups mean little. About 2 s for 1,240 points of 128 numbers.
 * @param rows at least {@link FEWEST_FOR_UMAP}, all of one length.
 * @throws InputError where there are fewer.
 */
export function umapCoordinates(rows: readonly ArrayLike<number>[], random: Random): [number, number][] {
  if (rows.length < FEWEST_FOR_UMAP) {
    throw new InputError(`too few points for UMAP: ${rows.length} (needs ${FEWEST_FOR_UMAP})`);
  }
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: Math.min(15, rows.length - 1),
    minDist: 0.4,
    nEpochs: 300,
    random: () => random.uniform(),
  });
  return umap.fit(rows.map((row) => Array.from(row))).map(([x, y]) => [x!, y!]);
}
