import { createRandom, dividePhotos, InputError, type Photo, stratifiedSplits } from "facelab";
import { describe, expect, it } from "vitest";

const photos: Photo[] = ["a", "a", "a", "a", "b", "b", "c"].map((label, i) => ({
  path: `${label}/${i}.jpg`,
  label,
}));

describe("dividePhotos", () => {
  it("draws the split of stratifiedSplits where there is no division", () => {
    const divided = dividePhotos(photos, { testSize: 0.5, random: createRandom(3) });
    const labels = photos.map(({ label }) => label);
    const { splits, trainOnly } = stratifiedSplits(labels, { testSize: 0.5, random: createRandom(3) });
    const test = divided.photos.flatMap(({ part }, i) => (part === "test" ? [i] : []));
    expect(test).toEqual(splits[0]!.test);
    expect(test).toHaveLength(3);
    expect(divided).toMatchObject({ ownDivision: false, trainOnly });
    expect(trainOnly).toEqual(["c"]);
    expect(divided.photos.map(({ path }) => path)).toEqual(photos.map(({ path }) => path));
  });

  it("keeps a division, also where it is an odd one", () => {
    const own = photos.map((photo) => ({ ...photo, part: "test" as const }));
    const divided = dividePhotos(own, { testSize: 0.5, random: createRandom(3) });
    expect(divided).toEqual({ photos: own, ownDivision: true, trainOnly: [] });
  });

  it("refuses one person", () => {
    expect(() => dividePhotos(photos.slice(0, 4), { random: createRandom(0) })).toThrow(InputError);
  });
});
