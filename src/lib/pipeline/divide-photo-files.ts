import { stat } from "node:fs/promises";
import pMap from "p-map";
import { type DividedPhotos, dividePhotos } from "../datasets/divide-photos.js";
import type { Photo } from "../datasets/photo.js";
import { describeTrainOnly } from "../datasets/stratified-splits.js";
import type { Random } from "../types.js";
import { describeDuplicates, findDuplicates } from "./photo-duplicates.js";
import { readPhotoFile } from "./photo-file.js";

/** Files that are read at once. */
const AT_ONCE = 8;

/**
 * Divides photos as `dividePhotos` does, with copies on one side, before any of them is decoded: files are copies where their bytes
 * are. Only files of one length are read.
 * @param options as for `dividePhotos`.
 * @returns the division, and what the user should know about it, one line each.
 * @throws InputError as `dividePhotos`; a file that cannot be read is a copy of nothing.
 */
export async function dividePhotoFiles(
  photos: readonly Photo[],
  { testSize, random }: { readonly testSize?: number; readonly random: Random },
): Promise<DividedPhotos & { readonly notices: readonly string[] }> {
  const groups = await hashesOfCopies(photos.map(({ path }) => path));
  const divided = dividePhotos(photos, { testSize, groups, random });
  const duplicates = findDuplicates(photos.map((photo, i) => ({ ...photo, sha256: groups[i] })));
  const notices = [
    ...describeTrainOnly(
      photos.map(({ label }) => label),
      divided.trainOnly,
    ),
    ...describeDuplicates(duplicates),
  ];
  return { ...divided, notices };
}

/** The sha256 of each file that another one could be a copy of. */
async function hashesOfCopies(paths: readonly string[]): Promise<(string | undefined)[]> {
  const sizes = await pMap(paths, sizeOf, { concurrency: AT_ONCE });
  const counts = new Map<number | undefined, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  return pMap(
    paths,
    async (path, i) => {
      if (sizes[i] === undefined || counts.get(sizes[i]) === 1) return undefined;
      return readPhotoFile(path).then(
        ({ sha256 }) => sha256,
        () => undefined, // said where the photo is opened
      );
    },
    { concurrency: AT_ONCE },
  );
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
