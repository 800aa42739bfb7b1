import { createHash } from "node:crypto";
import { dataSha256, type EmbeddedPhoto, type EmbeddedSet } from "facelab";
import { describe, expect, it } from "vitest";

const face: EmbeddedPhoto = { path: "a/1.jpg", label: "a", kind: "face", embedding: Float32Array.of(1, -2) };
const set = (...photos: EmbeddedPhoto[]): EmbeddedSet => ({ name: "any", photos, provenance: null });

describe("dataSha256", () => {
  it("is the hash of lines of JSON with little-endian numbers between them", () => {
    const bytes = Buffer.concat([
      Buffer.from('["a/1.jpg","a",null,"face",[],[2]]\n'),
      Buffer.from([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]),
    ]);
    expect(dataSha256(set(face))).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  it("changes with all that a classifier is given, and with nothing else", () => {
    const none: EmbeddedPhoto = { path: "a/1.jpg", label: "a", kind: "none", reason: "r", detail: "d" };
    const other = { ...face, path: "b/1.jpg" };
    const sets = [
      set(),
      set(face),
      set(other),
      set({ ...face, label: "b" }),
      set({ ...face, part: "train" }),
      set({ ...face, embedding: Float32Array.of(1, -2.0000002) }),
      set({ ...face, embedding: Float32Array.of(1, -2, 0) }),
      set({ ...face, others: { hog: Float32Array.of(1) } }),
      set({ ...face, others: { pixels: Float32Array.of(1) } }),
      set(none),
      set(face, other),
      set(other, face),
    ];
    expect(new Set(sets.map(dataSha256)).size).toBe(sets.length);
    expect(dataSha256({ ...set(face), name: "another" })).toBe(dataSha256(set(face)));
    const both = { hog: Float32Array.of(1), pixels: Float32Array.of(2) };
    const turned = { pixels: Float32Array.of(2), hog: Float32Array.of(1) };
    expect(dataSha256(set({ ...face, others: both }))).toBe(dataSha256(set({ ...face, others: turned })));
  });
});
