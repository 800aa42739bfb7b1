import type { NpyArray } from "../datasets/npy-array.js";
import { readNpz } from "../datasets/read-npz.js";
import { writeNpz } from "../datasets/write-npz.js";
import { InputError } from "../errors.js";
import type { Aligner, RgbImage } from "../types.js";
import { embedChipsOnce } from "./embed-chips.js";
import type { EmbeddedPhoto, EmbeddedSet } from "./embedded-set.js";
import { CROP_SIZE, type ExtractedPhoto } from "./extract-faces.js";
import { identityArrays, readIdentities } from "./identity-arrays.js";
import { npzFields, provenanceArray, readProvenance, textArray } from "./npz-fields.js";
import type { FacePipeline, FaceVectors } from "./pipeline-types.js";
import { describeStep, type Provenance } from "./provenance.js";
import { requireParts } from "./require-parts.js";
import { readSkipped, skippedArrays } from "./skipped-arrays.js";

const PARTS = ["train", "test"] as const;

/**
 * Writes faces-dataset.npz, as known from the FaceNet walkthroughs and more:
 * trainX, testX uint8 n x 160 x 160 x 3; trainy, testy unicode n; trainLandmarks, testLandmarks float32 n x 5 x 2
 * (x, y in pixels of the crop); trainPaths, testPaths unicode n; trainChips, testChips uint8 n x 150 x 150 x 3 (aligned
 * for the embedder); trainSha256, trainImageHashes and those of test unicode n; provenance (JSON); and the photos without a face in skippedPaths and its neighbours.
 * @param photos each one with its part.
 * @throws InputError where a photo has no part, or the file cannot be written.
 */
export async function writeFacesFile(
  path: string,
  photos: readonly ExtractedPhoto[],
  provenance: Provenance,
  chipSize: number,
): Promise<void> {
  const arrays: Record<string, NpyArray> = {};
  const divided = requireParts(photos);
  for (const part of PARTS) {
    const faces = divided.filter((photo) => photo.kind === "face").filter((photo) => photo.part === part);
    arrays[`${part}X`] = imageArray(
      faces.map(({ crop }) => crop),
      CROP_SIZE,
    );
    arrays[`${part}y`] = textArray(faces.map(({ label }) => label));
    arrays[`${part}Landmarks`] = {
      dtype: "float32",
      shape: [faces.length, 5, 2],
      data: Float32Array.from(faces.flatMap(({ landmarks }) => landmarks.flatMap(({ x, y }) => [x, y]))),
    };
    arrays[`${part}Paths`] = textArray(faces.map((face) => face.path));
    Object.assign(arrays, identityArrays(part, faces));
    arrays[`${part}Chips`] = imageArray(
      faces.map(({ chip }) => chip),
      chipSize,
    );
  }
  const skipped = divided.filter((photo) => photo.kind === "none");
  await writeNpz(path, { ...arrays, ...skippedArrays(skipped), provenance: provenanceArray(provenance) });
}

/**
 * Embeds the aligned chips of a faces file: the same numbers as the direct way from the photos.
 * @param pipeline its aligner must be the one that cut the chips.
 * @throws InputError where the file is damaged or was made for another embedder.
 */
export async function embedFacesFile(
  path: string,
  { embedder, others, cache }: Pick<FacePipeline, "embedder" | "others" | "cache">,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<EmbeddedSet> {
  const fields = npzFields(path, await readNpz(path));
  const provenance = readProvenance(path, fields);
  if (provenance !== null) requireAligner(path, provenance, embedder.aligner);
  const size = embedder.aligner.size;
  const chips = {
    train: fields.get("trainChips", ["uint8"], [null, size, size, 3]),
    test: fields.get("testChips", ["uint8"], [null, size, size, 3]),
  };
  const total = (chips.train.shape[0] as number) + (chips.test.shape[0] as number);
  const photos: EmbeddedPhoto[] = [];
  for (const part of PARTS) {
    const count = chips[part].shape[0] as number;
    const labels = fields.get(`${part}y`, ["unicode"], [count]).data;
    const paths = fields.get(`${part}Paths`, ["unicode"], [count]).data;
    const identities = readIdentities(path, fields, part, count);
    for (let start = 0; start < count; start += 16) {
      const rows = Array.from({ length: Math.min(16, count - start) }, (_, i) => start + i);
      const images = rows.map((row) => imageAt(chips[part].data, row, size));
      const vectors = await embedChipsOnce(images, { embedder, others, cache });
      rows.forEach((row, i) => {
        photos.push({
          path: paths[row] as string,
          label: labels[row] as string,
          part,
          ...identities[row],
          kind: "face",
          ...(vectors[i] as FaceVectors),
        });
      });
      onProgress(photos.length, total);
    }
  }
  for (const photo of requireParts(readSkipped(path, fields))) photos.push({ ...photo, kind: "none" });
  const made = provenance && { ...provenance, embedder: describeStep(embedder) };
  return { name: path, photos, provenance: made };
}

/** @throws InputError where the chips were cut by another aligner than the one wanted. */
export function requireAligner(path: string, { aligner }: Provenance, wanted: Aligner): void {
  if (aligner.name === wanted.name && JSON.stringify(aligner.params) === JSON.stringify(wanted.params))
    return;
  throw new InputError(
    `${path}: its chips were cut by ${aligner.name} ${JSON.stringify(aligner.params)} (this embedder needs ` +
      `${wanted.name} ${JSON.stringify(wanted.params)}; run extract again)`,
  );
}

function imageArray(images: readonly RgbImage[], size: number): NpyArray {
  const data = new Uint8Array(images.length * size * size * 3);
  images.forEach((image, i) => {
    data.set(image.data, i * size * size * 3);
  });
  return { dtype: "uint8", shape: [images.length, size, size, 3], data };
}

/** One image of a stack of square ones. */
export function imageAt(data: Uint8Array, row: number, size: number): RgbImage {
  const length = size * size * 3;
  return { width: size, height: size, data: data.subarray(row * length, (row + 1) * length) };
}
