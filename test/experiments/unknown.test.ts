import { createRandom } from "facelab";
import { describe, expect, it } from "vitest";
import { unknown } from "../../src/experiments/dist/05-unknown.js";
import { rank, weightedPoint } from "../../src/experiments/dist/questions/05-bootstrap.js";
import {
  type ByRole,
  operatingPoint,
  type PersonProbe,
} from "../../src/experiments/dist/questions/05-measured.js";
import { fitUnknown, mostProbable, unknownMethods } from "../../src/experiments/dist/questions/05-methods.js";
import { drawRoles } from "../../src/experiments/dist/questions/05-roles.js";
import { rightColumn, scoreColumn } from "../../src/experiments/dist/questions/05-scores.js";
import { questionText } from "../../src/experiments/dist/questions/question-files.js";
import type { Cell, Records } from "../../src/experiments/dist/questions/records.js";

/** 20 people with 12 photos, one with 40, 30 with three. */
const names = [
  ...Array.from({ length: 240 }, (_, i) => `many ${i % 20}`),
  ...Array.from({ length: 40 }, () => "most"),
  ...Array.from({ length: 90 }, (_, i) => `few ${i % 30}`),
];

describe("drawRoles", () => {
  const { train, enrolled, threshold, test } = drawRoles({ names }, createRandom(0));
  const people = (rows: readonly number[]): Set<string> => new Set(rows.map((row) => names[row]!));

  it("has no photo twice, and enrolled people and both kinds of strangers apart", () => {
    const all = [...train, ...enrolled, ...threshold, ...test];
    expect(new Set(all).size).toBe(all.length);
    expect([...people(enrolled)].sort()).toEqual([...people(train)].sort());
    const groups = [people(train), people(threshold), people(test)];
    expect(new Set(groups.flatMap((group) => [...group])).size).toBe(
      groups.reduce((sum, { size }) => sum + size, 0),
    );
    expect(groups.map(({ size }) => size)).toEqual([10, 5 + 15, 6 + 15]);
  });

  it("takes one photo of people with few, and never more than 20 of one", () => {
    const photos = (name: string): number =>
      [...train, ...enrolled, ...threshold, ...test].filter((row) => names[row] === name).length;
    for (let i = 0; i < 30; i++) expect(photos(`few ${i}`)).toBe(1);
    expect(photos("most")).toBeLessThanOrEqual(20);
  });

  it("is drawn anew from another stream, and again from the same", () => {
    expect(drawRoles({ names }, createRandom(0))).toEqual({ train, enrolled, threshold, test });
    expect(drawRoles({ names }, createRandom(1)).train).not.toEqual(train);
  });
});

const random = createRandom(7);
function probes(role: string, count: number, mean: number): PersonProbe[] {
  return Array.from({ length: count }, (_, i) => {
    const noise = random.uniform() + random.uniform() + random.uniform() - 1.5;
    const score = random.uniform() < 0.1 ? Number.NEGATIVE_INFINITY : Number((mean + noise).toFixed(2));
    return {
      person: `${role} ${i % Math.ceil(count / 2)}`,
      score,
      right: role === "enrolled" && random.uniform() < 0.9,
    };
  });
}
const drawn: ByRole = {
  enrolled: probes("enrolled", 80, 0.8),
  threshold: probes("threshold", 400, 0),
  test: probes("test", 400, 0),
};
const everybody = [...new Set(Object.values(drawn).flatMap((own) => own.map(({ person }) => person)))];
const places = new Map(everybody.map((person, i) => [person, i]));

describe("weightedPoint", () => {
  it.each([0.3, 0.1, 0.02, 0.001])("is the metrics' where everybody counts once, at %f", (fpir) => {
    const { dir, fpir: reached } = operatingPoint(drawn, fpir);
    const ones = everybody.map(() => 1);
    expect(weightedPoint(rank(drawn, places), ones, fpir)).toEqual({ dir, fpir: reached });
  });

  it.each([0.3, 0.1, 0.02])("is the metrics' on everybody as often as weighted, at %f", (fpir) => {
    const weights = everybody.map(() => random.integer(4));
    const repeated = (own: readonly PersonProbe[]): PersonProbe[] =>
      own.flatMap((probe) => Array.from({ length: weights[places.get(probe.person)!]! }, () => probe));
    const { dir, fpir: reached } = operatingPoint(
      {
        enrolled: repeated(drawn.enrolled),
        threshold: repeated(drawn.threshold),
        test: repeated(drawn.test),
      },
      fpir,
    );
    expect(weightedPoint(rank(drawn, places), weights, fpir)).toEqual({ dir, fpir: reached });
  });
});

describe("the scores", () => {
  it("are log odds that tell apart what rounds to a probability of 1", () => {
    const model = { labels: ["a", "b"], predictProba: () => Float64Array.of(1e-12, 1 - 1e-12) };
    expect(mostProbable(model, Float32Array.of(1))).toEqual({ label: "b", score: 27.631 });
    const sure = { labels: ["a", "b"], predictProba: () => Float64Array.of(1, 0) };
    expect(mostProbable(sure, Float32Array.of(1))).toEqual({ label: "a", score: 744.4401 });
  });

  it("are the cosine of the nearest face, and the gate's where its first stage is passed", async () => {
    const axes = ["a", "b", "c"].map((label, axis) => ({ label, axis }));
    const face = (axis: number, turn: number): Float32Array =>
      Float32Array.from({ length: 4 }, (_, i) =>
        i === axis ? Math.cos(turn) : i === 3 ? Math.sin(turn) : 0,
      );
    const samples = axes.flatMap(({ label, axis }) =>
      [0, 0.05, 0.1, 0.15, 0.2, 0.25].map((turn) => ({ label, embedding: face(axis, turn) })),
    );
    const { ask, own } = await fitUnknown(samples, createRandom(0));
    const known = ask(face(1, 0.3));
    for (const { name } of unknownMethods) expect(known[name].label).toBe("b");
    expect(known.cosine.score).toBeCloseTo(Math.cos(0.05), 5);
    expect(known.gate.score).toBeCloseTo(Math.cos(0.05), 5);
    // Named however far away it is: no threshold of the model's own gets in between.
    const stranger = ask(face(0, Math.PI / 2));
    expect(stranger.cosine.score).toBeCloseTo(Math.cos(Math.PI / 2 - 0.25), 5);
    expect(stranger.cosine.score).toBeLessThan(own.cosineThreshold);
  }, 60_000);
});

/** Records of two repeats in which `cosine` and `gate` tell everybody apart, and `svm` and `softmax` nobody. */
function records(strangers: number): Records {
  const rows = [1, 2].flatMap((repeat) => [
    ...Array.from({ length: 40 }, (_, i) => ({ repeat, role: "enrolled", person: `known ${i}`, i })),
    ...Array.from({ length: strangers }, (_, i) => ({ repeat, role: "threshold", person: `first ${i}`, i })),
    ...Array.from({ length: strangers }, (_, i) => ({ repeat, role: "test", person: `second ${i}`, i })),
  ]);
  const columns: Record<string, Cell[]> = {
    repeat: rows.map(({ repeat }) => repeat),
    row: rows.map((_, i) => i),
    role: rows.map(({ role }) => role),
    person: rows.map(({ person }) => person),
  };
  for (const { name } of unknownMethods) {
    const good = name === "cosine" || name === "gate";
    columns[scoreColumn(name)] = rows.map(({ role, i }) => (good && role === "enrolled" ? 2 : i / 1000));
    columns[rightColumn(name)] = rows.map(({ role }) => role === "enrolled");
  }
  const fits = {
    repeat: [1, 2],
    people: [40, 40],
    photos: [80, 80],
    svmC: [10, 10],
    cosineThreshold: [1, 1],
    gateCosine: [1, 1],
    gateProbability: [0.5, 0.5],
  };
  return { about: { made: "by hand" }, tables: { probes: columns, fits } };
}

describe("the page", () => {
  it("says what the records say, with a winner only where the test has one", () => {
    const once = records(400);
    const [methods, comparisons, own] = unknown.show(once).tables;
    expect(methods!.rows.find(([name]) => name === "cosine")!.slice(3)).toEqual([
      "100.0 (100.0 to 100.0)",
      expect.stringMatching(/^10\.00 \(/),
      "100.0 (100.0 to 100.0)",
      expect.stringMatching(/^1\.00 \(/),
    ]);
    expect(methods!.rows.find(([name]) => name === "svm")![3]).toBe("0.0 (0.0 to 0.0)");
    expect(comparisons!.rows.find(([, a, b]) => a === "svm" && b === "cosine")!.slice(3)).toEqual([
      "-100.0 (-100.0 to -100.0)",
      ".012",
    ]);
    expect(comparisons!.rows.find(([, a, b]) => a === "svm" && b === "softmax")!.at(-1)).toBe("1.000");
    expect(own!.rows.find(([name]) => name === "cosine")!.slice(2)).toEqual([
      "100.0 +- 0.0",
      "0.0 +- 0.0",
      "0.0 +- 0.0",
    ]);
    const text = questionText(unknown, once);
    expect(text).toContain("`cosine` names 100.0 points more rightly than `svm`");
    expect(text).toContain("`svm` and `softmax` at 1e-1");
    expect(text).not.toMatch(/undefined|NaN|Infinity/);
    expect(questionText(unknown, records(400))).toBe(text);
  });

  it("says where there are too few strangers to say anything", () => {
    const few = records(299);
    const [methods, comparisons] = unknown.show(few).tables;
    for (const row of methods!.rows.slice(1)) {
      expect(row[3]).not.toContain("insufficient");
      expect(row.slice(5)).toEqual(["insufficient strangers", "insufficient strangers"]);
    }
    expect(new Set(comparisons!.rows.slice(1).map(([asked]) => asked))).toEqual(new Set(["1e-1"]));
    expect(questionText(unknown, few)).not.toMatch(/undefined|NaN|Infinity/);
  });
});
