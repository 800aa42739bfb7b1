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
    expect(divided).toEqual({ photos: own, ownDivision: true, trainOnly: [], alsoInTrain: [] });
  });

  it("leaves test photos out that are also in train, whoever they are said to be", () => {
    const parts = ["train", "train", "test", "test", "train", "test", "test"] as const;
    const own = photos.map((photo, i) => ({ ...photo, part: parts[i]! }));
    // 2 is 0 again; 5 (of b) is 1 (of a); 3 and 6 are copies within the test part.
    const groups = ["x", "y", "x", "z", undefined, "y", "z"];
    const divided = dividePhotos(own, { groups, random: createRandom(3) });
    expect(divided.photos).toEqual([own[0], own[1], own[3], own[4], own[6]]);
    expect(divided.alsoInTrain).toEqual([own[2], own[5]]);
  });

  it("takes photos of which nothing is known for copies of nothing", () => {
    const own = photos.map((photo, i) => ({
      ...photo,
      part: i % 2 ? ("train" as const) : ("test" as const),
    }));
    const groups = photos.map(() => undefined);
    expect(dividePhotos(own, { groups, random: createRandom(3) }).photos).toEqual(own);
  });

  it("draws copies onto one side", () => {
    const groups = ["x", "x", undefined, undefined, undefined, undefined, undefined];
    for (let seed = 0; seed < 20; seed++) {
      const { photos: drawn } = dividePhotos(photos, { testSize: 0.5, groups, random: createRandom(seed) });
      expect(drawn[0]!.part).toBe(drawn[1]!.part);
    }
  });

  it("refuses one person", () => {
    expect(() => dividePhotos(photos.slice(0, 4), { random: createRandom(0) })).toThrow(InputError);
  });
});
