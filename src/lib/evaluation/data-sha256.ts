import { createHash } from "node:crypto";
import type { EmbeddedSet } from "../pipeline/embedded-set.js";
import { littleEndian } from "./little-endian.js";

/**
 * sha256, in hexadecimal, of what classifiers were given: of each photo in order its path, label, part and embeddings, or
 * that it shows no face. Two runs with the same one had the same data.
 */
export function dataSha256({ photos }: EmbeddedSet): string {
  const hash = createHash("sha256");
  for (const photo of photos) {
    const { path, label, part = null, kind } = photo;
    const others = photo.kind === "face" ? Object.entries(photo.others ?? {}).sort(byName) : [];
    const embeddings = photo.kind === "face" ? [photo.embedding, ...others.map(([, other]) => other)] : [];
    const names = others.map(([name]) => name);
    const lengths = embeddings.map(({ length }) => length);
    // A line of JSON holds no line feed, and says how many numbers follow.
    hash.update(`${JSON.stringify([path, label, part, kind, names, lengths])}\n`);
    for (const embedding of embeddings) hash.update(littleEndian(embedding));
  }
  return hash.digest("hex");
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : Number(a > b);
}
