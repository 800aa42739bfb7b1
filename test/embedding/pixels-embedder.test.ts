import { createOtherEmbedder, InputError, pixelsEmbedder } from "facelab";
import { describe, expect, it } from "vitest";
import { imageOf } from "../support/synthetic-images.js";

const aligner = { name: "none", size: 6, params: {}, align: () => imageOf(6, 6, () => 0) };

describe("pixelsEmbedder", () => {
  it("makes the means of equal blocks, as grey between 0 and 1, row by row", async () => {
    // Blocks of 3 x 3: red, green, blue, and a checkerboard of black and white with white corners.
    const chip = imageOf(6, 6, (x, y, colour) => {
      if (x >= 3 && y >= 3) return (x + y) % 2 === 0 ? 255 : 0;
      return colour === (y < 3 ? (x < 3 ? 0 : 1) : 2) ? 255 : 0;
    });
    const { dimensions, embed } = pixelsEmbedder({ aligner, size: 2 });
    const [embedding] = await embed([chip]);
    expect(dimensions).toBe(4);
    expect([...embedding!].map((value) => Math.round(100 * value))).toEqual([30, 59, 11, 56]);
  });

  it("keeps the order of the chips, and does not mirror", async () => {
    const chips = [0, 51, 255].map((grey) => imageOf(6, 6, (x) => (x < 3 ? grey : 0)));
    const embeddings = await pixelsEmbedder({ aligner, size: 2 }).embed(chips);
    expect(embeddings.map((embedding) => [...embedding].map((value) => Number(value.toFixed(6))))).toEqual([
      [0, 0, 0, 0],
      [0.2, 0, 0.2, 0],
      [1, 0, 1, 0],
    ]);
  });

  it("refuses chips of another size, and sizes that are none", async () => {
    await expect(pixelsEmbedder({ aligner }).embed([imageOf(6, 5, () => 0)])).rejects.toThrow(
      new InputError("invalid chip: 6 x 5 (must be 6 x 6)"),
    );
    expect(() => pixelsEmbedder({ aligner, size: 0 })).toThrow("invalid size: 0 (must be an integer >= 1)");
  });
});

describe("createOtherEmbedder", () => {
  it("makes the embedder of a name, and names those there are", () => {
    expect(createOtherEmbedder("pixels", aligner)).toMatchObject({
      name: "pixels",
      dimensions: 1024,
      aligner,
    });
    expect(() => createOtherEmbedder("constructor", aligner)).toThrow(
      new InputError("unknown embedder: constructor (expected pixels)"),
    );
  });
});
