import type { Embedding, RgbImage } from "facelab";
import { expect, it } from "vitest";
import { mirroredMean } from "../../src/lib/dist/embedding/mirrored-mean.js";
import { imageOf, pixelAt } from "../support/synthetic-images.js";

/** Embeds a chip as its left-most and right-most red. */
async function ends(chips: readonly RgbImage[]): Promise<Embedding[]> {
  return chips.map((chip) =>
    Float32Array.of(pixelAt(chip, 0, 0, 0), pixelAt(chip, chip.width - 1, 0, 0) ** 2),
  );
}

it("takes the mean of each chip and its mirror image, in one call and in order", async () => {
  const chips = [10, 20, 30].map((left) => imageOf(4, 2, (x) => left + x));
  const calls: number[] = [];
  const embeddings = await mirroredMean(chips, (both) => {
    calls.push(both.length);
    return ends(both);
  });
  expect(calls).toEqual([6]);
  expect(embeddings.map((embedding) => [...embedding])).toEqual(
    [10, 20, 30].map((left) => [left + 1.5, ((left + 3) ** 2 + left ** 2) / 2]),
  );
});

it("does not normalise the mean again", async () => {
  const opposite = async (chips: readonly RgbImage[]) =>
    chips.map((_, i) => Float32Array.of(i % 2 ? -1 : 1, 1));
  const [embedding] = await mirroredMean([imageOf(2, 2, () => 0)], opposite);
  expect([...embedding!]).toEqual([0, 1]);
});

it("embeds nothing as nothing", async () => {
  expect(await mirroredMean([], ends)).toEqual([]);
});
