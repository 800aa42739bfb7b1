import { linearSvm, openEmbeddings, score } from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { verdict } from "./verdict.js";

let lesson: Awaited<ReturnType<typeof openEmbeddings>>;
beforeAll(async () => {
  lesson = await openEmbeddings();
});

describe("06.1, the length of an embedding", () => {
  it("is the root of the sum of squares", async () => {
    const { embedding } = lesson.train[0]!;
    const squares = embedding.reduce((sum, x) => sum + x ** 2, 0);
    expect(await verdict("06.1", Math.sqrt(squares))).toBe("right");
    expect(await verdict("06.1", squares)).toMatch(/sum of the squares/);
    expect(await verdict("06.1", 1)).toMatch(/after l2Normalize/);
    expect(await verdict("06.1", "1")).toMatch(/a string: give a number/);
    expect(await verdict("06.1", undefined)).toMatch(/nothing yet/);
    expect(await verdict("06.1", Number.NaN)).toMatch(/NaN/);
    expect(await verdict("06.1", 77)).toMatch(/square each number/);
  });
});

describe("06.2, the share of people with one photo whom C = 1 names", () => {
  it("is of faces not learned from, and of these people only", async () => {
    const { train, test, random } = lesson;
    const people = [...new Set(train.map(({ label }) => label))].sort();
    const short = people.filter((_, i) => i % 2 === 0);
    const uneven = train.filter(
      ({ label }, i) => !short.includes(label) || train.slice(0, i).every((other) => other.label !== label),
    );
    const theirs = test.filter(({ label }) => short.includes(label));
    const small = await linearSvm({ c: 1 }).fit(uneven, random.fork("svm"));
    const searched = await linearSvm().fit(uneven, random.fork("svm"));
    expect(await verdict("06.2", score(small, theirs))).toBe("right");
    expect(await verdict("06.2", 100 * score(small, theirs))).toMatch(/not per cent/);
    expect(await verdict("06.2", score(small, test))).toMatch(/in short only/);
    expect(await verdict("06.2", score(searched, theirs))).toMatch(/searched C/);
  }, 240_000);
});

describe("06.3, the probability of the true person", () => {
  it("stands at that person's place", async () => {
    const { train, test, random } = lesson;
    const model = await linearSvm().fit(train, random.fork("svm"));
    const { embedding, label } = test.at(-1)!;
    const probabilities = model.predictProba(embedding);
    expect(await verdict("06.3", probabilities[model.labels.indexOf(label)])).toBe("right");
    expect(await verdict("06.3", probabilities[0])).toMatch(/first person's/);
    expect(await verdict("06.3", model.labels.indexOf(label))).toMatch(/place in model.labels/);
  }, 240_000);
});
