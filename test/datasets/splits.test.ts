import {
  createRandom,
  describeTrainOnly,
  drawPerPerson,
  InputError,
  type Split,
  stratifiedSplits,
} from "facelab";
import { describe, expect, test } from "vitest";

/** Labels with so many photos each, in mixed order. */
function labelled(counts: Record<string, number>): string[] {
  const labels = Object.entries(counts).flatMap(([label, count]) =>
    Array.from({ length: count }, () => label),
  );
  return createRandom(99).shuffle(labels);
}
const tally = (labels: readonly string[], positions: readonly number[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const position of positions) counts[labels[position]!] = (counts[labels[position]!] ?? 0) + 1;
  return counts;
};

describe("stratifiedSplits", () => {
  const labels = labelled({ ten: 10, five: 5, two: 2, one: 1, three: 3 });

  test("every photo is on one side, every person by the rule", () => {
    const { splits, trainOnly } = stratifiedSplits(labels, { repeats: 5, random: createRandom(1) });
    expect(trainOnly).toEqual(["one"]);
    expect(splits).toHaveLength(5);
    for (const { train, test } of splits) {
      expect([...train, ...test].sort((a, b) => a - b)).toEqual(labels.map((_, i) => i));
      expect([train, test]).toEqual([train.toSorted((a, b) => a - b), test.toSorted((a, b) => a - b)]);
      expect(tally(labels, test)).toEqual({ ten: 3, five: 2, two: 1, three: 1 });
    }
    expect(new Set(splits.map(({ test }) => test.join())).size).toBe(5);
  });

  test.each([
    [0.01, { ten: 1, five: 1, two: 1, three: 1 }],
    [0.5, { ten: 5, five: 3, two: 1, three: 2 }],
    [0.99, { ten: 9, five: 4, two: 1, three: 2 }],
  ])("testSize %d keeps one photo on each side", (testSize, counts) => {
    const { splits } = stratifiedSplits(labels, { testSize, random: createRandom(1) });
    expect(tally(labels, splits[0]!.test)).toEqual(counts);
  });

  test("one seed, one result; another seed, another", () => {
    const run = (seed: number, repeats: number) =>
      stratifiedSplits(labels, { repeats, random: createRandom(seed) }).splits;
    expect(run(1, 3)).toEqual(run(1, 3));
    expect(run(1, 3)).not.toEqual(run(2, 3));
    expect(run(1, 10).slice(0, 3)).toEqual(run(1, 3));
  });

  test("another person changes nothing for the others", () => {
    const more = [...labels, "new", "new", "new"];
    const before = stratifiedSplits(labels, { random: createRandom(4) }).splits[0]!;
    const after = stratifiedSplits(more, { random: createRandom(4) }).splits[0]!;
    expect(after.test.filter((position) => position < labels.length)).toEqual(before.test);
  });

  test("every photo is tested in its turn", () => {
    const { splits } = stratifiedSplits(labels, { repeats: 60, random: createRandom(5) });
    const tested = new Set(splits.flatMap(({ test }) => test));
    expect(tested.size).toBe(labels.length - 1);
  });

  test.each<[string, string[], object, string]>([
    ["testSize 0", ["a", "b"], { testSize: 0 }, "invalid testSize: 0 (must be a number > 0 and < 1)"],
    ["testSize 1", ["a", "b"], { testSize: 1 }, "invalid testSize: 1"],
    ["testSize NaN", ["a", "b"], { testSize: Number.NaN }, "invalid testSize: NaN"],
    ["repeats 0", ["a", "b"], { repeats: 0 }, "invalid repeats: 0 (must be an integer >= 1)"],
    ["repeats 1.5", ["a", "b"], { repeats: 1.5 }, "invalid repeats: 1.5"],
    ["one person", ["a", "a"], {}, "too few people: 1 (a comparison needs at least two people)"],
    ["nobody", [], {}, "too few people: 0"],
    ["one photo each", ["a", "b"], {}, "nothing to test on: every person has one photo only"],
  ])("refuses %s", (_, people, options, message) => {
    const run = () => stratifiedSplits(people, { ...options, random: createRandom(1) });
    expect(run).toThrow(InputError);
    expect(run).toThrow(message);
  });

  describe("with copies", () => {
    /** Photos of each person, one letter a photo: equal letters are copies, `-` has none. */
    const marked = (people: Readonly<Record<string, string>>) => {
      const all = Object.entries(people).flatMap(([label, marks]) =>
        [...marks].map((mark) => ({ label, mark })),
      );
      const labels = all.map(({ label }) => label);
      const groups = all.map(({ mark }) => (mark === "-" ? undefined : mark));
      const split = (seed: number, testSize?: number) =>
        stratifiedSplits(labels, { groups, testSize, random: createRandom(seed) });
      return { labels, groups, split };
    };

    test("that nothing has, splits are those without", () => {
      const groups = labels.map((_, i) => (i % 3 === 0 ? undefined : `photo ${i}`));
      const plain = stratifiedSplits(labels, { repeats: 5, random: createRandom(1) });
      expect(stratifiedSplits(labels, { repeats: 5, groups, random: createRandom(1) })).toEqual(plain);
    });

    test("they stay together, every photo is on one side, and each person has about as many in the test", () => {
      const { labels: names, groups, split } = marked({ ada: "aab-------ccc", bob: "----", eve: "dd-e-e" });
      const together = new Map<string, Set<string>>();
      for (let seed = 0; seed < 40; seed++) {
        const { splits, trainOnly } = split(seed);
        const [{ train, test }] = splits as [Split];
        expect(trainOnly).toEqual([]);
        expect([...train, ...test].sort((a, b) => a - b)).toEqual(names.map((_, i) => i));
        const tested = new Set(test);
        for (const mark of ["a", "c", "d", "e"]) {
          const sides = names.flatMap((_, i) =>
            groups[i] === mark ? [tested.has(i) ? "test" : "train"] : [],
          );
          expect(new Set(sides).size, `${mark} with seed ${seed}`).toBe(1);
          together.set(mark, (together.get(mark) ?? new Set()).add(sides[0]!));
        }
        const counts = tally(names, test);
        expect([counts.ada, counts.bob]).toEqual([4, 1]);
        expect([1, 2]).toContain(counts.eve);
      }
      // Copies are tested on as well, not only learned from.
      for (const sides of together.values()) expect([...sides].sort()).toEqual(["test", "train"]);
    });

    test("where no group fits, the smallest is tested on", () => {
      const { split } = marked({ ada: "aaabb", bob: "--" });
      for (let seed = 0; seed < 10; seed++) {
        expect(split(seed, 0.01).splits[0]!.test.slice(0, -1)).toEqual([3, 4]);
      }
    });

    test("a photo with two names is learned from", () => {
      const { split } = marked({ ada: "a---", bob: "-a--" });
      for (let seed = 0; seed < 20; seed++) {
        const { test } = split(seed, 0.5).splits[0]!;
        expect(test).toHaveLength(4);
        expect(test).not.toContain(0);
        expect(test).not.toContain(5);
      }
    });

    test("however many photos have two names, they are learned from", () => {
      const { split } = marked({
        ada: `a${"-".repeat(19)}`,
        bob: "-a--",
        eve: "bcdefghi",
        tim: "bcdefghi--",
      });
      for (let seed = 0; seed < 20; seed++) {
        const { splits, trainOnly } = split(seed, 0.5);
        const { train, test } = splits[0]!;
        expect(trainOnly).toEqual(["eve"]);
        expect([...train, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: 42 }, (_, i) => i));
        expect(test.filter((i) => i === 0 || i === 21 || (i >= 24 && i < 40))).toEqual([]);
      }
    });

    test("who has copies of one photo only is trained on", () => {
      const { split, labels: names } = marked({ ada: "aaa", bob: "--", eve: "-", max: "bc", tim: "bc-" });
      const { splits, trainOnly } = split(1);
      expect(trainOnly).toEqual(["ada", "eve", "max"]);
      expect(tally(names, splits[0]!.test)).toEqual({ bob: 1, tim: 1 });
      expect(describeTrainOnly(names, trainOnly)).toEqual([
        "with one photo, only trained on: eve",
        "with copies that cannot be divided, only trained on: ada, max",
      ]);
    });

    test("where nobody can be divided, there is nothing to test on", () => {
      const { split } = marked({ ada: "aa", bob: "-" });
      expect(() => split(1)).toThrow(
        "nothing to test on: every person has one photo only, or copies of one photo (at least one needs two)",
      );
    });

    test("they are given for every photo, or for none", () => {
      expect(() => stratifiedSplits(labels, { groups: ["a"], random: createRandom(1) })).toThrow(
        "invalid groups: 1 (must be one for each of 21 photos)",
      );
    });
  });
});

describe("drawPerPerson", () => {
  const labels = labelled({ a: 9, b: 4, c: 6, d: 5, e: 1, f: 7 });

  test("draws so many photos of everybody who has enough", () => {
    const drawn = drawPerPerson(labels, { photosPerPerson: 5, random: createRandom(1) });
    expect(tally(labels, drawn)).toEqual({ a: 5, c: 5, d: 5, f: 5 });
    expect(drawn).toEqual([...new Set(drawn)].sort((x, y) => x - y));
  });

  test("all photos and people where nothing is asked", () => {
    expect(drawPerPerson(labels, { random: createRandom(1) })).toEqual(labels.map((_, i) => i));
  });

  test("minPhotos above photosPerPerson keeps the people the same over sizes", () => {
    const people = (photosPerPerson: number) =>
      Object.keys(
        tally(labels, drawPerPerson(labels, { photosPerPerson, minPhotos: 6, random: createRandom(1) })),
      ).sort();
    expect([people(1), people(3), people(6)]).toEqual([
      ["a", "c", "f"],
      ["a", "c", "f"],
      ["a", "c", "f"],
    ]);
  });

  test("the first people by name, or any by seed", () => {
    const first = drawPerPerson(labels, {
      people: 2,
      minPhotos: 4,
      choose: "first",
      random: createRandom(1),
    });
    expect(tally(labels, first)).toEqual({ a: 9, b: 4 });
    const chosen = new Set(
      Array.from({ length: 30 }, (_, seed) => {
        const drawn = drawPerPerson(labels, {
          people: 2,
          minPhotos: 4,
          photosPerPerson: 2,
          random: createRandom(seed),
        });
        return Object.keys(tally(labels, drawn)).sort().join();
      }),
    );
    expect(chosen.size).toBeGreaterThan(4);
  });

  test("less is a part of more, with one seed", () => {
    const draw = (people: number, photosPerPerson: number) =>
      new Set(drawPerPerson(labels, { people, photosPerPerson, minPhotos: 4, random: createRandom(7) }));
    const most = draw(5, 4);
    for (const [people, photos] of [
      [5, 2],
      [3, 4],
      [2, 1],
    ] as const) {
      for (const position of draw(people, photos)) expect(most.has(position)).toBe(true);
    }
    expect(draw(3, 2)).toEqual(draw(3, 2));
  });

  test.each<[string, object, string]>([
    [
      "too many people",
      { people: 5, photosPerPerson: 5 },
      "too few people: 4 of 6 have 5 or more photos (need 5;",
    ],
    ["nobody with enough", { minPhotos: 10 }, "too few people: 0 of 6 have 10 or more photos"],
    ["photosPerPerson 0", { photosPerPerson: 0 }, "invalid photosPerPerson: 0"],
    [
      "minPhotos below photosPerPerson",
      { photosPerPerson: 5, minPhotos: 4 },
      "invalid minPhotos: 4 (must be an integer >= 5)",
    ],
    ["people 0", { people: 0 }, "invalid people: 0"],
  ])("refuses %s", (_, options, message) => {
    const run = () => drawPerPerson(labels, { ...options, random: createRandom(1) });
    expect(run).toThrow(InputError);
    expect(run).toThrow(message);
  });
});
