import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  classificationReports,
  comparisonTable,
  confusions,
  cosineThreshold,
  createRandom,
  dataSha256,
  type EmbeddedSet,
  evaluate,
  InputError,
  nearestNeighbours,
  type RunDescription,
  scoresTable,
  toMarkdown,
  writeRun,
} from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { parseCsv } from "./parse-csv.js";
import { syntheticSet } from "./synthetic-set.js";

const FILES = [
  "classification-report.txt",
  "confusions.csv",
  "photos-without-a-face.csv",
  "records.csv",
  "run.json",
  "table.csv",
  "table.md",
];

// Everything that a careless writer of CSV trips over.
const labels = [
  "Doe, Jane",
  'the "Rock"',
  "two\nlines",
  "old\rMac",
  "🧑‍🚀 明子",
  "=1+1",
  " blank ",
  "null",
  "O'Hara; B",
];
const description: RunDescription = {
  settings: { seed: 1, dataset: "synthetic" },
  environment: { node: "v20" },
  ignored: [{ path: "Doe, Jane/notes.txt", reason: "not a photo (.txt)" }],
};

async function evaluated(set: EmbeddedSet) {
  return evaluate(set, [nearestNeighbours(), cosineThreshold()], { random: createRandom(5), repeats: 2 });
}

describe("writeRun", () => {
  const set = syntheticSet(Object.fromEntries(labels.map((label) => [label, "xx-xx-"])));
  let folder: string;
  let evaluation: Awaited<ReturnType<typeof evaluated>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    evaluation = await evaluated(set);
  });

  it("writes five files, in a folder that it makes with those above", async () => {
    const run = join(folder, "results", "runs", "first run");
    await writeRun(run, set, evaluation, description);
    expect((await readdir(run)).toSorted()).toEqual(FILES);
    expect(await readdir(join(folder, "results", "runs"))).toEqual(["first run"]);
    const text = (name: string) => readFile(join(run, name), "utf8");

    const records = parseCsv(await text("records.csv"));
    expect(records).toEqual(
      evaluation.records.map((record) =>
        Object.fromEntries(Object.entries(record).map(([key, value]) => [key, String(value ?? "")])),
      ),
    );
    expect(new Set(records.map(({ label }) => label))).toEqual(new Set(labels));
    expect(new Set(records.map(({ predicted }) => predicted)).size).toBeGreaterThan(5);

    expect(parseCsv(await text("photos-without-a-face.csv"))).toEqual(
      set.photos.flatMap(({ kind, path, label }) =>
        kind === "none" ? [{ path, label, part: "", reason: "no face found", detail: "8 x 8 pixels" }] : [],
      ),
    );
    const tables = [comparisonTable(evaluation), scoresTable(evaluation)].map(toMarkdown);
    expect(await text("table.md")).toBe(`${tables.join("\n\n")}\n`);
    expect(parseCsv(await text("confusions.csv"))).toEqual(
      confusions(evaluation).map((one) => ({ ...one, count: String(one.count) })),
    );
    const [[first, report] = ["", ""], [second] = [""]] = classificationReports(evaluation);
    expect([first, second]).toEqual(["knn", "cosine"]);
    expect(await text("classification-report.txt")).toContain(`knn\n\n${report}\n\ncosine\n\n`);
    const table = parseCsv(await text("table.csv"));
    expect(table.map(({ classifier, repeats }) => [classifier, repeats])).toEqual([
      ["knn", "2"],
      ["cosine", "2"],
    ]);
    const knn = evaluation.records.filter(({ classifier }) => classifier === "knn");
    const share = knn.filter(({ correct }) => correct).length / knn.length;
    expect(Number(table[0]!.accuracyOfAll)).toBeCloseTo(share, 12);

    const json = JSON.parse(await text("run.json"));
    expect(json).toMatchObject({
      settings: description.settings,
      environment: description.environment,
      dataset: { photos: 54, withoutFace: 18, ignored: description.ignored },
      provenance: null,
      classifiers: [{ name: "knn", params: { nNeighbors: 5 } }, { name: "cosine" }],
    });
    expect(json.fits).toHaveLength(4);
    const paths = (indices: readonly number[]) => indices.map((index) => set.photos[index]!.path);
    expect(json.splits).toEqual(
      evaluation.splits.map(({ train, test }) => ({ train: paths(train), test: paths(test) })),
    );
  });

  it("keeps what was not run, in the tables and in run.json", async () => {
    const run = join(folder, "a run with one left out");
    const slow = { ...nearestNeighbours(), name: "slow", estimateSeconds: () => 600 };
    const options = { random: createRandom(5), budgetSeconds: 60 };
    await writeRun(run, set, await evaluate(set, [slow, cosineThreshold()], options), description);
    const text = (name: string) => readFile(join(run, name), "utf8");
    const notRun = "not run (about 10 min; --classifiers slow runs it)";
    expect(parseCsv(await text("table.csv"))).toMatchObject([
      { classifier: "slow", repeats: "0", accuracy: "NaN", notRun },
      { classifier: "cosine", repeats: "1", notRun: "" },
    ]);
    expect(await text("table.md")).toContain(`| slow       | ${notRun} |`);
    expect(JSON.parse(await text("run.json"))).toMatchObject({
      classifiers: [{ name: "slow" }, { name: "cosine" }],
      notRun: [{ classifier: "slow", seconds: 600 }],
    });
  });

  it("writes further files with the others", async () => {
    const run = join(folder, "a run with a report");
    await writeRun(run, set, evaluation, description, { "report.html": "<p>é</p>" });
    expect((await readdir(run)).toSorted()).toEqual([...FILES, "report.html"].toSorted());
    expect(await readFile(join(run, "report.html"), "utf8")).toBe("<p>é</p>");
    const { dataset } = JSON.parse(await readFile(join(run, "run.json"), "utf8"));
    expect(dataset.sha256).toBe(dataSha256(set));
  });

  it("writes the headers where nothing is without a face", async () => {
    const whole = syntheticSet({ Ada: "xxx", Björn: "xxx" });
    const run = join(folder, "whole");
    await writeRun(`${run}/`, whole, await evaluated(whole), description);
    const text = await readFile(join(run, "photos-without-a-face.csv"), "utf8");
    expect(text).toBe("path,label,part,reason,detail\n");
    expect((await readdir(run)).toSorted()).toEqual(FILES);
  });

  it.each([
    ["with files", ["kept.txt"]],
    ["without files", []],
  ])("refuses a folder that exists, %s", async (name, files) => {
    const parent = join(folder, `existing ${name}`);
    const run = join(parent, "run");
    await mkdir(run, { recursive: true });
    for (const file of files) await writeFile(join(run, file), "mine");
    const writing = writeRun(run, set, evaluation, description);
    await expect(writing).rejects.toThrow(`cannot write run: ${run} (it exists already; `);
    await expect(writing).rejects.toBeInstanceOf(InputError);
    expect(await readdir(run)).toEqual(files);
    expect(await readdir(parent)).toEqual(["run"]);
  });

  it("leaves nothing where it cannot write", async () => {
    const parent = join(folder, "blocked");
    await mkdir(parent);
    const file = join(parent, "a file");
    await writeFile(file, "mine");
    for (const run of [join(file, "run"), join(file, "deeper", "run")]) {
      const writing = writeRun(run, set, evaluation, description);
      await expect(writing).rejects.toThrow(`cannot write run: ${run} (`);
      await expect(writing).rejects.toBeInstanceOf(InputError);
    }
    expect(await readdir(parent)).toEqual(["a file"]);
    expect(await readFile(file, "utf8")).toBe("mine");
  });

  it("leaves nothing of a run of which one file cannot be written", async () => {
    const parent = join(folder, "half");
    await mkdir(parent);
    const further = { [join("no such folder", "report.html")]: "" };
    const writing = writeRun(join(parent, "run"), set, evaluation, description, further);
    await expect(writing).rejects.toThrow(`cannot write run: ${join(parent, "run")} (ENOENT`);
    expect(await readdir(parent)).toEqual([]);
  });
});
