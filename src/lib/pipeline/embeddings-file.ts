import type { NpyArray } from "../datasets/npy-array.js";
import { readNpz } from "../datasets/read-npz.js";
import { writeNpz } from "../datasets/write-npz.js";
import { InputError } from "../errors.js";
import type { EmbeddedPhoto, EmbeddedSet } from "./embedded-set.js";
import { identityArrays, readIdentities } from "./identity-arrays.js";
import { npzFields, provenanceArray, readProvenance, textArray } from "./npz-fields.js";
import { requireParts } from "./require-parts.js";
import { readSkipped, skippedArrays } from "./skipped-arrays.js";

const PARTS = ["train", "test"] as const;

/**
 * Writes faces-embeddings.npz: trainX, testX float32 n x d; trainy, testy, trainPaths, testPaths unicode n;
 * trainSha256, trainImageHashes and those of test unicode n where they are known; provenance (JSON); and the photos without a face in skippedPaths and its neighbours.
 * @param set every photo with its part.
 * @throws InputError where a photo has no part, or the file cannot be written.
 */
export async function writeEmbeddingsFile(path: string, set: EmbeddedSet): Promise<void> {
  const arrays: Record<string, NpyArray> = {};
  const divided = requireParts(set.photos);
  const faces = divided.filter((photo) => photo.kind === "face");
  for (const part of PARTS) {
    const mine = faces.filter((face) => face.part === part);
    const dimensions = faces[0]?.embedding.length ?? 0;
    const data = new Float32Array(mine.length * dimensions);
    mine.forEach(({ embedding }, i) => {
      data.set(embedding, i * dimensions);
    });
    arrays[`${part}X`] = { dtype: "float32", shape: [mine.length, dimensions], data };
    arrays[`${part}y`] = textArray(mine.map(({ label }) => label));
    arrays[`${part}Paths`] = textArray(mine.map((face) => face.path));
    Object.assign(arrays, identityArrays(part, mine));
  }
  const skipped = divided.filter((photo) => photo.kind === "none");
  await writeNpz(path, { ...arrays, ...skippedArrays(skipped), provenance: provenanceArray(set.provenance) });
}

/**
 * Reads a file of {@link writeEmbeddingsFile}, or any .npz with trainX, trainy, testX and testy (float, unicode).
 * @throws InputError where the file is damaged or holds something else.
 */
export async function readEmbeddingsFile(path: string): Promise<EmbeddedSet> {
  const fields = npzFields(path, await readNpz(path));
  const photos: EmbeddedPhoto[] = [];
  for (const part of PARTS) {
    const { data, shape } = fields.get(`${part}X`, ["float32", "float16", "float64"], [null, null]);
    const [count, dimensions] = shape as [number, number];
    const [first] = photos;
    if (count > 0 && first?.kind === "face" && first.embedding.length !== dimensions) {
      throw new InputError(
        `${path}: ${part}X has rows of ${dimensions} numbers (trainX of ${first.embedding.length})`,
      );
    }
    const labels = fields.get(`${part}y`, ["unicode"], [count]).data;
    const paths = fields.has(`${part}Paths`) ? fields.get(`${part}Paths`, ["unicode"], [count]).data : [];
    const identities = readIdentities(path, fields, part, count);
    for (let row = 0; row < count; row++) {
      const embedding = Float32Array.from(data.subarray(row * dimensions, (row + 1) * dimensions));
      const photo = paths[row] ?? `${part} ${row}`;
      if (!embedding.every(Number.isFinite))
        throw new InputError(`${path}: the embedding of ${photo} is not finite`);
      photos.push({
        path: photo,
        label: labels[row] as string,
        part,
        ...identities[row],
        kind: "face",
        embedding,
      });
    }
  }
  for (const photo of requireParts(readSkipped(path, fields))) photos.push({ ...photo, kind: "none" });
  return { name: path, photos, provenance: readProvenance(path, fields) };
}
