import type { NpyArray } from "../datasets/npy-array.js";
import { readNpz } from "../datasets/read-npz.js";
import { writeNpz } from "../datasets/write-npz.js";
import { InputError } from "../errors.js";
import type { EmbeddedPhoto, EmbeddedSet } from "./embedded-set.js";
import { identityArrays, readIdentities } from "./identity-arrays.js";
import { npzFields, provenanceArray, readProvenance, textArray } from "./npz-fields.js";
import { readParts, readSkipped, skippedArrays } from "./skipped-arrays.js";

/**
 * Writes encodings.npz, all of a dataset in one matrix: X float32 n x d; y and paths unicode n; photoSha256 and
 * photoImageHashes unicode n where they are known; provenance (JSON); the photos without a face in skippedPaths and its neighbours; and where the dataset is divided, parts unicode n (train or test).
 * @throws InputError where no photo has a face, or the file cannot be written.
 */
export async function writeEncodingsFile(path: string, set: EmbeddedSet): Promise<void> {
  const faces = set.photos.filter((photo) => photo.kind === "face");
  const skipped = set.photos.filter((photo) => photo.kind === "none");
  const dimensions = faces[0]?.embedding.length;
  if (dimensions === undefined) {
    throw new InputError(`no photo with a face: ${set.name} (${set.photos.length} photos looked at)`);
  }
  const data = new Float32Array(faces.length * dimensions);
  faces.forEach(({ embedding }, row) => {
    data.set(embedding, row * dimensions);
  });
  const divided = set.photos.some(({ part }) => part !== undefined);
  const arrays: Record<string, NpyArray> = {
    X: { dtype: "float32", shape: [faces.length, dimensions], data },
    y: textArray(faces.map(({ label }) => label)),
    paths: textArray(faces.map((face) => face.path)),
    ...identityArrays("photo", faces),
    ...(divided ? { parts: textArray(faces.map(({ part }) => part ?? "")) } : {}),
  };
  await writeNpz(path, { ...arrays, ...skippedArrays(skipped), provenance: provenanceArray(set.provenance) });
}

/**
 * Reads a file of {@link writeEncodingsFile}, or any .npz with X (float, n x d) and y (unicode, n).
 * @throws InputError where the file is damaged or holds something else.
 */
export async function readEncodingsFile(path: string): Promise<EmbeddedSet> {
  const fields = npzFields(path, await readNpz(path));
  const { data, shape } = fields.get("X", ["float32", "float16", "float64"], [null, null]);
  const [count, dimensions] = shape as [number, number];
  const labels = fields.get("y", ["unicode"], [count]).data;
  const column = (name: string): readonly string[] =>
    fields.has(name) ? fields.get(name, ["unicode"], [count]).data : [];
  const paths = column("paths");
  const parts = readParts(path, "parts", column("parts"));
  const identities = readIdentities(path, fields, "photo", count);
  const photos = labels.map((label, row): EmbeddedPhoto => {
    const embedding = Float32Array.from(data.subarray(row * dimensions, (row + 1) * dimensions));
    const photo = paths[row] ?? `row ${row}`;
    if (!embedding.every(Number.isFinite)) {
      throw new InputError(`${path}: the embedding of ${photo} is not finite`);
    }
    return { path: photo, label, ...parts[row], ...identities[row], kind: "face", embedding };
  });
  const skipped = readSkipped(path, fields).map((photo): EmbeddedPhoto => ({ ...photo, kind: "none" }));
  return { name: path, photos: [...photos, ...skipped], provenance: readProvenance(path, fields) };
}
