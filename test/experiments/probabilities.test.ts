import { createRandom } from "facelab";
import { describe, expect, it } from "vitest";
import { probabilities } from "../../src/experiments/dist/06-probabilities.js";
import { column } from "../../src/experiments/dist/questions/06-answers.js";
import { fitMethods, logOdds } from "../../src/experiments/dist/questions/06-calibrated.js";
import { methodName, probabilityMethods } from "../../src/experiments/dist/questions/06-methods.js";
import type { Cell, Records } from "../../src/experiments/dist/questions/records.js";
import { blobs } from "../classifiers/samples.js";

/** Two repeats of four photos; every method says the same, but for isotonic and knn. */
function handMade(): Records {
  const repeat = [0, 0, 0, 0, 1, 1, 1, 1];
  const columns: Record<string, Cell[]> = { repeat, row: repeat.map((_, i) => i) };
  for (const method of probabilityMethods) {
    const name = methodName(method);
    columns[column.right(name)] = [true, true, true, false, true, true, true, true];
    columns[column.confidence(name)] = method.raw
      ? [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
      : [1, 1, 0.5, 0.5, 1, 1, 1, 1];
    columns[column.truth(name)] = [
      null,
      null,
      null,
      method.calibration === "isotonic" ? 0 : 0.25,
      null,
      null,
      null,
      null,
    ];
    columns[column.squares(name)] = [0.25, 0.25, 0.25, 0.75, 0.25, 0.25, 0.25, 0.25];
  }
  return {
    about: { people: 4, repeats: 2, trainPhotos: 12, testPhotos: 4, withoutFace: 1 },
    tables: { answers: columns },
  };
}

describe("what is made of the records", () => {
  const { tables, figures, notes } = probabilities.show(handMade());

  it("has the metrics of every method, from the records alone", () => {
    const rows = tables[0]!.rows;
    expect(rows).toHaveLength(1 + probabilityMethods.length);
    const row = (classifier: string, calibration: string): readonly string[] =>
      rows.find(([a, b]) => a === classifier && b === calibration)!;
    // 75 and 100 %; -ln of 1/2 (and of 1/4 once); ECE of 0.25 and 0.5.
    expect(row("svm", "none")).toEqual([
      "svm",
      "none",
      "87.50 +- 17.68",
      `${((0.75 * Math.log(2) + 0.25 * Math.log(4) + Math.log(2)) / 2).toFixed(3)} +- 0.123`,
      "0.3125 +- 0.0884",
      "37.50 +- 17.68",
      "37.50 +- 17.68",
      "-37.50 +- 17.68",
      "0",
    ]);
    // One bin of two right answers given as sure, one of 50 % with one right of two: both exact.
    expect(row("svm", "temperature").slice(5, 6)).toEqual(["0.00 +- 0.00"]);
    expect(row("svm", "isotonic").at(-1)).toBe("1");
  });

  it("compares each calibrated row with its raw one", () => {
    const [header, ...rows] = tables[1]!.rows;
    expect(header).toHaveLength(5);
    expect(rows.map(([classifier, calibration]) => `${classifier} ${calibration}`)).toEqual([
      "svm Platt",
      "svm isotonic",
      "svm temperature",
      "softmax Platt",
      "softmax isotonic",
      "softmax temperature",
      "cosine temperature",
    ]);
    expect(rows[0]![4]).toMatch(/^-37\.50, p /);
  });

  it("draws the diagonal and a line for each method", () => {
    expect(figures.map(({ name }) => name)).toEqual([
      "reliability",
      "reliability-svm",
      "reliability-softmax",
    ]);
    expect(figures[1]!.figure.data.map(({ name }) => name)).toEqual([
      "a probability",
      "svm, none",
      "svm, Platt",
      "svm, isotonic",
      "svm, temperature",
    ]);
  });

  it("counts in the notes what is in the records", () => {
    const text = notes.join("\n");
    expect(text).toContain("of svm, isotonic 1 of 8 photos, 4.505 of its log-loss");
    expect(text).toContain("never surer than 50 %");
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe("fitMethods", () => {
  it("has every method, whose calibrations keep the classifier's answers", async () => {
    const samples = blobs({ photos: [5, 5, 5, 5, 5], dimensions: 8, spread: 0.8, seed: 3 });
    const train = samples.filter((_, i) => i % 5 < 3);
    const methods = await fitMethods(train, createRandom(4));
    expect([...methods.keys()].sort()).toEqual(probabilityMethods.map(methodName).sort());
    for (const { embedding } of samples.filter((_, i) => i % 5 >= 3)) {
      for (const method of probabilityMethods) {
        const { answer, probabilities: shares } = methods.get(methodName(method))!(embedding);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        expect(shares[answer]).toBe(Math.max(...shares));
        const raw = probabilityMethods.find((one) => one.raw && one.classifier === method.classifier)!;
        expect(answer).toBe(methods.get(methodName(raw))!(embedding).answer);
      }
    }
  }, 60_000);
});

describe("logOdds", () => {
  it("is ln(p / (1 - p)), also where p rounds to 1", () => {
    const [a, b, c] = logOdds(Float64Array.of(1, 2, 0));
    const powers = [Math.E, Math.E ** 2, 1];
    const sum = powers.reduce((total, power) => total + power, 0);
    [a, b, c].forEach((value, i) => {
      const p = powers[i]! / sum;
      expect(value).toBeCloseTo(Math.log(p / (1 - p)), 12);
    });
    const far = logOdds(Float64Array.of(100, 0, 0));
    expect(far[0]).toBeCloseTo(100 - Math.LN2, 10);
    expect(far[1]).toBeCloseTo(-100, 10);
  });
});
