import { createRandom, writeLfwEmbeddings } from "facelab";

/** Writes 7 people with 24 photos, of which photo 5 shows no face, and one with 3: a file laid out as LFW's. */
export async function writeSyntheticLfw(path: string): Promise<void> {
  const random = createRandom(11);
  const people = Array.from({ length: 8 }, (_, i) => ({ name: `Person_${i}`, photos: i === 7 ? 3 : 24 }));
  const rows = people.flatMap(({ name, photos }) => {
    const stream = random.fork(name);
    const centre = Array.from({ length: 16 }, () => stream.uniform() - 0.5);
    return Array.from({ length: photos }, (_, i) => ({
      name,
      number: i + 1,
      embedding: Float32Array.from(centre, (value) => value + 0.9 * (stream.uniform() - 0.5)),
    }));
  });
  await writeLfwEmbeddings(path, {
    names: rows.map(({ name }) => name),
    numbers: rows.map(({ number }) => number),
    found: rows.map(({ number }) => number !== 5),
    embeddings: rows.map(({ embedding }) => embedding),
    provenance: null,
  });
}
