import {
  classificationReports,
  classifiers,
  comparisonFrame,
  comparisonTable,
  confusions,
  createRandom,
  type DataFrame,
  type Evaluation,
  type EvaluationRecord,
  evaluate,
  recordsFrame,
  scoresTable,
  toMarkdown,
} from "facelab";
import { describe, expect, it } from "vitest";
import { syntheticSet } from "./synthetic-set.js";

/** Answers of one classifier in one repeat, one character a photo: `+` right, `x` wrong, `?` unknown, `-` no face. */
function answers(classifier: string, repeat: number, marks: string): EvaluationRecord[] {
  return [...marks].map((mark, i) => ({
    classifier,
    repeat,
    path: `Ada/${i}.jpg`,
    label: "Ada",
    answer: mark === "-" ? "none" : mark === "?" ? "unknown" : "person",
    predicted: mark === "+" ? "Ada" : mark === "x" ? "Björn" : "",
    score: mark === "-" ? null : 0.5,
    correct: mark === "+",
    probability: mark === "-" ? null : 0.8,
    trueProbability: mark === "-" ? null : mark === "+" ? 0.8 : 0.125,
    trueRank: mark === "-" ? null : mark === "+" ? 1 : 6,
  }));
}

function evaluation(marks: Readonly<Record<string, readonly string[]>>): Evaluation {
  const names = Object.keys(marks);
  const repeats = marks[names[0]!]!.length;
  return {
    classifiers: names.map((name) => ({ name, params: {} })),
    splits: Array.from({ length: repeats }, () => ({ train: [0], test: [1] })),
    records: names.flatMap((name) => marks[name]!.flatMap((one, repeat) => answers(name, repeat, one))),
    fits: names.flatMap((classifier) =>
      marks[classifier]!.map((_, repeat) => ({
        classifier,
        repeat,
        trainFaces: 1,
        fitSeconds: 0.25 + 0.5 * repeat,
        predictMilliseconds: 2 + repeat,
        chosen: {},
      })),
    ),
    notRun: [],
    duplicates: [],
    notices: [],
  };
}

function row(frame: DataFrame, index: number): Record<string, unknown> {
  const values = (frame.values as unknown[][])[index]!;
  return Object.fromEntries(frame.columns.map((name, i) => [name, values[i]]));
}

// Means and deviations of two numbers p and q are (p + q) / 2 and |p - q| / sqrt(2).
const pair = (p: number, q: number) => [(p + q) / 2, Math.abs(p - q) / Math.SQRT2] as const;

describe("comparisonFrame", () => {
  it("has mean and deviation over repeats, with both denominators", () => {
    // Repeat 0: 3 of 4 faces, 3 of 5 photos; repeat 1: 1 of 3 faces, 1 of 5 photos, one face unknown.
    const frame = comparisonFrame(evaluation({ z: ["+++x-", "+x?--"], a: ["+++++", "+++++"] }));
    expect(frame.columns).toEqual([
      "classifier",
      "repeats",
      "accuracy",
      "accuracyDeviation",
      "accuracyOfAll",
      "accuracyOfAllDeviation",
      "unknown",
      "balancedAccuracy",
      "balancedAccuracyDeviation",
      "macroF1",
      "macroF1Deviation",
      "top5",
      "top5Deviation",
      "logLoss",
      "logLossDeviation",
      "fitSeconds",
      "predictMilliseconds",
      "notRun",
    ]);
    const z = row(frame, 0);
    const [accuracy, accuracyDeviation] = pair(3 / 4, 1 / 3);
    const [accuracyOfAll, accuracyOfAllDeviation] = pair(3 / 5, 1 / 5);
    expect(z).toMatchObject({ classifier: "z", repeats: 2, fitSeconds: 0.5, predictMilliseconds: 2.5 });
    expect(z.accuracy).toBeCloseTo(accuracy, 14);
    expect(z.accuracyDeviation).toBeCloseTo(accuracyDeviation, 14);
    expect(z.accuracyOfAll).toBeCloseTo(accuracyOfAll, 14);
    expect(z.accuracyOfAllDeviation).toBeCloseTo(accuracyOfAllDeviation, 14);
    expect(z.unknown).toBeCloseTo(1 / 6, 14);
    // Everybody is Ada: balanced accuracy is her recall; top-5 holds where the rank is 1 and not 6.
    expect([z.balancedAccuracy, z.top5]).toEqual([z.accuracy, z.accuracy]);
    expect([z.balancedAccuracyDeviation, z.top5Deviation]).toEqual([
      z.accuracyDeviation,
      z.accuracyDeviation,
    ]);
    // F1 of Ada is 2 * 3 / (2 * 3 + 1) and 2 / (2 + 2); of Björn, who was only answered, 0.
    const [macroF1, macroF1Deviation] = pair(3 / 7, 1 / 4);
    expect(z.macroF1).toBeCloseTo(macroF1, 14);
    expect(z.macroF1Deviation).toBeCloseTo(macroF1Deviation, 14);
    const [logLoss, logLossDeviation] = pair(
      -(3 * Math.log(0.8) + Math.log(0.125)) / 4,
      -(Math.log(0.8) + 2 * Math.log(0.125)) / 3,
    );
    expect(z.logLoss).toBeCloseTo(logLoss, 14);
    expect(z.logLossDeviation).toBeCloseTo(logLossDeviation, 14);
    expect(row(frame, 1)).toMatchObject({ classifier: "a", accuracy: 1, accuracyDeviation: 0, unknown: 0 });
  });

  it("agrees with a recount of the records of a real comparison", async () => {
    const set = syntheticSet({ Ada: "xxx-xxx", Björn: "x-xxxx", Chloé: "xxxxxxxx-" });
    const result = await evaluate(set, [classifiers.knn(), classifiers.cosine()], {
      random: createRandom(3),
      repeats: 4,
    });
    const frame = comparisonFrame(result);
    for (const [index, name] of ["knn", "cosine"].entries()) {
      const parts = [0, 1, 2, 3].map((repeat) => {
        const mine = result.records.filter((one) => one.classifier === name && one.repeat === repeat);
        const right = mine.filter((one) => one.predicted === one.label).length;
        return { all: right / mine.length, found: right / mine.filter((one) => one.score !== null).length };
      });
      for (const [column, key] of [
        ["accuracy", "found"],
        ["accuracyOfAll", "all"],
      ] as const) {
        const values = parts.map((part) => part[key]);
        const mean = values.reduce((sum, value) => sum + value, 0) / 4;
        const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        expect(row(frame, index)[column]).toBeCloseTo(mean, 12);
        expect(row(frame, index)[`${column}Deviation`]).toBeCloseTo(Math.sqrt(squares / 3), 12);
      }
    }
    const records = recordsFrame(result);
    expect(records.shape).toEqual([result.records.length, 11]);
    const photoless = result.records.findIndex(({ answer }) => answer === "none");
    expect(photoless).toBeGreaterThanOrEqual(0);
    expect(row(records, photoless)).toEqual(result.records[photoless]);
  });

  it("says NaN where there is nothing to divide by", () => {
    expect(row(comparisonFrame(evaluation({ z: ["--"] })), 0)).toMatchObject({
      accuracy: Number.NaN,
      accuracyDeviation: Number.NaN,
      accuracyOfAll: 0,
      accuracyOfAllDeviation: Number.NaN,
      unknown: Number.NaN,
    });
    // A repeat without a face says nothing about the accuracy among faces.
    expect(row(comparisonFrame(evaluation({ z: ["+x", "--"] })), 0)).toMatchObject({
      accuracy: 0.5,
      accuracyDeviation: Number.NaN,
      accuracyOfAll: 0.25,
    });
  });
});

describe("a classifier that was not run", () => {
  const left = (seconds: number): Evaluation => {
    const run = evaluation({ z: ["+x", "++"] });
    const classifiers = [{ name: "slow", params: {} }, ...run.classifiers];
    return { ...run, classifiers, notRun: [{ classifier: "slow", kind: "budget" as const, seconds }] };
  };

  it.each([
    [764, "about 13 min"],
    [90, "about 2 min"],
    [89, "about 89 s"],
    [60.2, "about 61 s"],
    [7260, "about 121 min"],
  ])("keeps its row, and says how long it would have taken: %d s", (seconds, time) => {
    const reason = `not run (${time}; --classifiers slow runs it)`;
    const frame = comparisonFrame(left(seconds));
    expect(row(frame, 0)).toMatchObject({
      classifier: "slow",
      repeats: 0,
      accuracy: Number.NaN,
      fitSeconds: Number.NaN,
      notRun: reason,
    });
    expect(row(frame, 1)).toMatchObject({ classifier: "z", repeats: 2, accuracy: 0.75, notRun: "" });
    const table = comparisonTable(left(seconds));
    expect(table[1]).toEqual(["slow", reason, "-", "-", "-", "-"]);
    expect(table[2]!.slice(0, 2)).toEqual(["z", "75.0 +- 35.4"]);
  });

  it("may be the only one", () => {
    const nothing = {
      ...evaluation({ slow: [] }),
      notRun: [{ classifier: "slow", kind: "budget" as const, seconds: 3600 }],
    };
    expect(comparisonTable(nothing)[1]?.[1]).toBe("not run (about 60 min; --classifiers slow runs it)");
  });
});

describe("comparisonTable", () => {
  const cells = (marks: Record<string, string[]>, line = 1) => comparisonTable(evaluation(marks))[line]!;

  it("shows counts on a single split", () => {
    expect(cells({ z: ["++x?-"], a: ["+----"] })).toEqual([
      "z",
      "50.0 (2 of 4; 15.0-85.0)",
      "40.0 (2 of 5; 11.8-76.9)",
      "25.0",
      "0.3 s",
      "2.0 ms",
    ]);
    expect(cells({ z: ["++x?-"], a: ["+----"] }, 2).slice(0, 3)).toEqual([
      "a",
      "100.0 (1 of 1; 20.7-100.0)",
      "20.0 (1 of 5; 3.6-62.4)",
    ]);
  });

  it("shows deviations on several splits", () => {
    // 75 and 33.3: mean 54.17, deviation 29.46; 60 and 20: mean 40, deviation 28.28.
    const line = cells({ z: ["+++x-", "+x?--"] });
    expect(line.slice(1, 4)).toEqual(["54.2 +- 29.5", "40.0 +- 28.3", "16.7"]);
  });

  it("shows a dash where there is no number", () => {
    expect(cells({ z: ["--"] }).slice(1, 4)).toEqual(["- (0 of 0)", "0.0 (0 of 2; 0.0-65.8)", "-"]);
    expect(cells({ z: ["--", "--"] }).slice(1, 4)).toEqual(["-", "0.0 +- 0.0", "-"]);
  });
});

describe("toMarkdown", () => {
  it("aligns names left and numbers right", () => {
    const table = toMarkdown([
      ["name", "a number"],
      ["x", "1"],
      ["a name", "22"],
    ]);
    expect(table.split("\n")).toEqual([
      "| name   | a number |",
      "| :----- | -------: |",
      "| x      |        1 |",
      "| a name |       22 |",
    ]);
  });
});

describe("scoresTable", () => {
  const lines = (marks: Record<string, string[]>) => scoresTable(evaluation(marks));

  it("shows means and deviations over repeats, and leaves out what was not run", () => {
    const run = evaluation({ z: ["++", "+x"] });
    const classifiers = [{ name: "slow", params: {} }, ...run.classifiers];
    const notRun = [{ classifier: "slow", kind: "embedder" as const, embedder: "pixels" }];
    const table = scoresTable({ ...run, classifiers, notRun });
    expect(table[0]).toEqual(["classifier", "balanced accuracy", "macro F1", "top-5", "log-loss"]);
    expect(table.slice(1)).toEqual([["z", "75.0 +- 35.4", "66.7 +- 47.1", "-", "0.687 +- 0.656"]]);
    expect(comparisonTable({ ...run, classifiers, notRun })[1]?.[1]).toBe(
      "not run (needs photos, for the embedder pixels)",
    );
  });

  it("has no deviation on a single split, and dashes without a face", () => {
    expect(lines({ z: ["+xx"] })[1]).toEqual(["z", "33.3", "25.0", "-", "1.461"]);
    expect(lines({ z: ["--"] })[1]).toEqual(["z", "-", "-", "-", "-"]);
  });

  it("shows top-5 where more than five people are asked about", () => {
    const run = evaluation({ z: ["+++xxx"] });
    const records = run.records.map((record, i) => ({ ...record, label: `person ${i}` }));
    expect(scoresTable({ ...run, records })[1]?.[3]).toBe("50.0");
  });
});

describe("classificationReports and confusions", () => {
  it("count the faces of all repeats, with unknown apart", () => {
    const run = evaluation({ z: ["+x?-", "++"], a: ["--", "--"] });
    const [[name, text] = ["", ""], ...others] = classificationReports(run);
    expect([name, others]).toEqual(["z", []]);
    expect(text.split("\n").map((line) => line.trim().split(/\s\s+/))).toContainEqual([
      "Ada",
      "1.000",
      "0.600",
      "0.750",
      "5",
    ]);
    expect(confusions(run)).toEqual([
      { classifier: "z", label: "Ada", answer: "person", predicted: "Ada", count: 3 },
      { classifier: "z", label: "Ada", answer: "person", predicted: "Björn", count: 1 },
      { classifier: "z", label: "Ada", answer: "unknown", predicted: "", count: 1 },
    ]);
  });
});
