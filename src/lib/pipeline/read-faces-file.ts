import { readNpz } from "../datasets/read-npz.js";
import type { Aligner, Landmarks5, Point } from "../types.js";
import { CROP_SIZE, type ExtractedPhoto } from "./extract-faces.js";
import { imageAt, requireAligner } from "./faces-file.js";
import { readIdentities } from "./identity-arrays.js";
import { npzFields, readProvenance } from "./npz-fields.js";
import type { Provenance } from "./provenance.js";
import { requireParts } from "./require-parts.js";
import { readSkipped } from "./skipped-arrays.js";

/** A faces file in memory. */
export interface FacesFile {
  /** Train before test, and the photos without a face last. */
  readonly photos: readonly (ExtractedPhoto & { readonly part: "train" | "test" })[];
  readonly provenance: Provenance | null;
}

/**
 * Reads a faces file of `extract`: crops, landmarks and chips, with no embedding yet.
 * @param aligner the one that the chips are wanted for.
 * @throws InputError where the file is damaged, holds no pictures, or was made for another embedder.
 */
export async function readFacesFile(path: string, aligner: Aligner): Promise<FacesFile> {
  const fields = npzFields(path, await readNpz(path));
  const provenance = readProvenance(path, fields);
  if (provenance !== null) requireAligner(path, provenance, aligner);
  const photos: (ExtractedPhoto & { part: "train" | "test" })[] = [];
  for (const part of ["train", "test"] as const) {
    const chips = fields.get(`${part}Chips`, ["uint8"], [null, aligner.size, aligner.size, 3]);
    const count = chips.shape[0] as number;
    const crops = fields.get(`${part}X`, ["uint8"], [count, CROP_SIZE, CROP_SIZE, 3]).data;
    const labels = fields.get(`${part}y`, ["unicode"], [count]).data;
    const paths = fields.get(`${part}Paths`, ["unicode"], [count]).data;
    const landmarks = fields.get(`${part}Landmarks`, ["float32"], [count, 5, 2]).data;
    const identities = readIdentities(path, fields, part, count);
    for (let row = 0; row < count; row++) {
      const point = (i: number): Point => {
        const at = 10 * row + 2 * i;
        return { x: landmarks[at] as number, y: landmarks[at + 1] as number };
      };
      const five: Landmarks5 = [point(0), point(1), point(2), point(3), point(4)];
      photos.push({
        kind: "face",
        path: paths[row] as string,
        label: labels[row] as string,
        part,
        ...identities[row],
        crop: imageAt(crops, row, CROP_SIZE),
        landmarks: five,
        chip: imageAt(chips.data, row, aligner.size),
      });
    }
  }
  for (const photo of requireParts(readSkipped(path, fields))) photos.push({ ...photo, kind: "none" });
  return { photos, provenance };
}
