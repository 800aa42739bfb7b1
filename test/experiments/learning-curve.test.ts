import {
  type Classifier,
  createRandom,
  type EmbeddedPhoto,
  lineFigureSvg,
  type Model,
  nearestNeighbours,
} from "facelab";
import { describe, expect, it } from "vitest";
import { people } from "../../src/experiments/dist/02-people.js";
import { photos } from "../../src/experiments/dist/03-photos.js";
import { drawnRows } from "../../src/experiments/dist/questions/02-draws.js";
import { dividedRows, TEST_PHOTOS, TRAIN_PHOTOS } from "../../src/experiments/dist/questions/03-draws.js";
import { enoughOf } from "../../src/experiments/dist/questions/03-enough.js";
import { answerColumn, measureCurve } from "../../src/experiments/dist/questions/learning-curve.js";
import { accuracyOf, curveOf, sizesOf } from "../../src/experiments/dist/questions/learning-curve-records.js";
import { accuracyCell, bestTwo } from "../../src/experiments/dist/questions/learning-curve-tables.js";
import { bootstrapOverPeople } from "../../src/experiments/dist/questions/people-bootstrap.js";
import type { QuestionContext } from "../../src/experiments/dist/questions/question.js";
import type { Records } from "../../src/experiments/dist/questions/records.js";

const context: QuestionContext = {
  quick: true,
  random: createRandom(1),
  data: "/nowhere",
  workers: 1,
  say: () => {},
  onProgress: () => {},
};

/** Says `unknown` of everybody. */
const silent: Classifier = {
  name: "silent",
  params: {},
  fit: async () => ({
    labels: ["Ada", "Ben"],
    dimensions: 2,
    chosen: {},
    predictProba: () => Float64Array.of(0.5, 0.5),
    predict: (): ReturnType<Model["predict"]> => ({ kind: "unknown", score: 0 }),
  }),
};
const endless: Classifier = { ...silent, name: "endless", estimateSeconds: () => 600 };

function photo(label: string, number: number, part: "train" | "test", angle?: number): EmbeddedPhoto {
  const place = { path: `${label}/${number}`, label, part };
  if (angle === undefined) return { ...place, kind: "none", reason: "no face found", detail: "" };
  return { ...place, kind: "face", embedding: Float32Array.of(Math.cos(angle), Math.sin(angle)) };
}

const set = {
  name: "two people",
  provenance: null,
  photos: [
    photo("Ada", 1, "train", 0),
    photo("Ada", 2, "train", 0.1),
    photo("Ada", 3, "test", 0.05),
    photo("Ada", 4, "test"),
    photo("Ben", 1, "train", 1.5),
    photo("Ben", 2, "test", 0.02),
  ],
};

async function measured(): Promise<Records> {
  const rowOf = new Map(set.photos.map(({ path }, i) => [path, 10 + i]));
  const classifiers = [nearestNeighbours({ nNeighbors: 1 }), silent, endless];
  const points = [0, 1].map((repeat) => ({ at: 2, repeat, set }));
  return measureCurve({ points, classifiers, budgetSeconds: 100, rowOf }, context);
}

describe("measureCurve", () => {
  it("records every test photo with what each classifier said of it", async () => {
    const { about, tables } = await measured();
    expect(tables.answers).toMatchObject({
      at: [2, 2, 2, 2, 2, 2],
      repeat: [0, 0, 0, 1, 1, 1],
      row: [12, 13, 15, 12, 13, 15],
      known: [2, 2, 1, 2, 2, 1],
      [answerColumn("knn")]: [".", "-", "Ada", ".", "-", "Ada"],
      [answerColumn("silent")]: ["?", "-", "?", "?", "-", "?"],
      [answerColumn("endless")]: ["", "", "", "", "", ""],
    });
    // Of all repeats together.
    expect(about.notRun).toEqual([{ at: 2, classifier: "endless", kind: "budget", seconds: 1200 }]);
  });

  it("gives accuracies of all photos and of the faces found, and says what was not run", async () => {
    const records = await measured();
    const curve = curveOf(records);
    expect(accuracyOf(curve.answers(2, "knn")).mean).toBeCloseTo(1 / 3, 12);
    expect(accuracyCell(curve, 2, "knn")).toBe("33.3 +- 0.0 (of faces found 50.0 +- 0.0)");
    expect(accuracyCell(curve, 2, "endless")).toBe("not run (about 20 min)");
    expect(sizesOf(records, 2)).toEqual(Array(2).fill({ train: 3, test: 3, noFace: 1 }));
    expect(bestTwo(records, curve, 2)).toMatchObject({ best: "knn", second: "silent", pValue: 0 });
  });
});

describe("drawnRows", () => {
  const names = ["Ada", "Ben", "Cy", "Di"].flatMap((name, i) => Array<string>(15 + 4 * i).fill(name));
  const drawn = (people: number, minPhotos: number): number[] =>
    drawnRows(names, { people, minPhotos, random: createRandom(2) });

  it("takes 20 photos of who has as many, and all of the others'", () => {
    const counts = new Map<string, number>();
    for (const row of drawn(4, 2)) counts.set(names[row]!, (counts.get(names[row]!) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({ Ada: 15, Ben: 19, Cy: 20, Di: 20 });
  });

  it("takes the same photos of a person among few and among many", () => {
    const many = new Set(drawn(4, 2));
    expect(drawn(1, 20).every((row) => many.has(row))).toBe(true);
    expect(drawn(1, 20)).toHaveLength(20);
  });
});

describe("dividedRows", () => {
  it("divides photos into an order to learn from and some to test on, none in both", () => {
    const names = ["Ada", "Ben"].flatMap((name) => Array<string>(30).fill(name));
    const { train, test } = dividedRows(names, createRandom(3));
    expect(new Set([...train, ...test].map(({ row }) => row)).size).toBe(2 * (TRAIN_PHOTOS + TEST_PHOTOS));
    expect(test).toHaveLength(2 * TEST_PHOTOS);
    for (let place = 0; place < TRAIN_PHOTOS; place++) {
      const labels = train.filter((one) => one.place === place).map(({ row }) => names[row]);
      expect(labels.sort()).toEqual(["Ada", "Ben"]);
    }
  });
});

describe("bootstrapOverPeople", () => {
  const random = (): QuestionContext["random"] => createRandom(4);

  it("finds no difference where there is none", () => {
    const same = Array(20).fill({ difference: 0, answers: 5 });
    expect(bootstrapOverPeople(same, random())).toEqual({ mean: 0, low: 0, high: 0, pValue: 1 });
  });

  it("takes people, not answers, as what varies", () => {
    const all = Array.from({ length: 40 }, () => ({ difference: 1, answers: 2 }));
    expect(bootstrapOverPeople(all, random())).toEqual({ mean: 0.5, low: 0.5, high: 0.5, pValue: 2 / 2001 });
    const one = all.map((_, i) => ({ difference: i === 0 ? 20 : 0, answers: 20 }));
    const { low, pValue } = bootstrapOverPeople(one, random());
    expect(low).toBe(0);
    // Nobody draws that person in (39 / 40)^40 of the draws.
    expect(pValue / 2).toBeCloseTo((39 / 40) ** 40, 1);
  });
});

/** Ten people, five photos each, wrong in so many of them at each number of photos. */
function curveRecords(wrong: Readonly<Record<number, number>>): Records {
  const answers = { at: [], repeat: [], row: [], person: [], known: [] } as Record<
    string,
    (string | number)[]
  >;
  const column: string[] = [];
  for (const [at, errors] of Object.entries(wrong)) {
    for (let i = 0; i < 100; i++) {
      const repeat = i < 50 ? 0 : 1;
      answers.at!.push(Number(at));
      answers.repeat!.push(repeat);
      answers.row!.push(i);
      answers.person!.push(`person ${i % 10}`);
      answers.known!.push(Number(at));
      column.push(i % 50 < errors ? "somebody" : ".");
    }
  }
  return {
    about: { classifiers: ["knn", "svm"], notRun: [], quick: true },
    tables: {
      answers: { ...answers, [answerColumn("knn")]: column, [answerColumn("svm")]: column },
      fits: { at: [], repeat: [], classifier: [], trainFaces: [], seconds: [], chosen: [] },
    },
  };
}

describe("enoughOf", () => {
  it("is where a classifier is no longer shown to be worse than with the most photos", () => {
    const curve = curveOf(curveRecords({ 1: 30, 2: 10, 3: 1, 10: 0 }));
    const found = enoughOf(curve, "knn");
    expect(found).toMatchObject({ lastWorse: 2, enough: 3, difference: -0.02, withinHalfPoint: 10 });
    expect(found!.low).toBeLessThan(-0.02);
    expect(found!.high).toBe(0);
  });
});

describe("the questions", () => {
  it("show their records as tables, charts and notes without a gap", async () => {
    const records = await photosOfTwo();
    for (const { tables, figures, notes } of [photos.show(records), people.show(records)]) {
      const text = JSON.stringify([tables, notes]);
      expect(text).not.toMatch(/NaN|undefined|Infinity/);
      for (const { figure } of figures) expect(lineFigureSvg(figure)).toContain("</svg>");
    }
  });
});

/** Measured at places that both questions have. */
async function photosOfTwo(): Promise<Records> {
  const rowOf = new Map(set.photos.map(({ path }, i) => [path, i]));
  const points = [10, 25].flatMap((at) => [0, 1].map((repeat) => ({ at, repeat, set })));
  const classifiers = [nearestNeighbours({ nNeighbors: 1 }), silent];
  return measureCurve({ points, classifiers, budgetSeconds: 100, rowOf }, context);
}
