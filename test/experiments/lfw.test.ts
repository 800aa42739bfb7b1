import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { wilsonInterval } from "facelab";
import { describe, expect, it } from "vitest";
import { parseCsv } from "../evaluation/parse-csv.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";
import { writeSyntheticLfw } from "./synthetic-lfw.js";

interface Run {
  readonly stdout: string;
  readonly records: string;
  readonly table: string;
}

/** Runs eval into an output folder of its own and reads what it wrote; without the cache, which would hide what differs from run to run. */
async function evalRun(folder: string, args: readonly string[]): Promise<Run> {
  const output = await mkdtemp(join(folder, "runs "));
  const { code, stdout, stderr } = await runCli(["eval", "--no-cache", ...args, "--output", output], {
    cwd: folder,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [name, ...others] = await readdir(output);
  expect(others).toEqual([]);
  expect(stdout).toContain(`records and tables: ${join(output, name!)}\n`);
  const text = (file: string) => readFile(join(output, name!, file), "utf8");
  return { stdout, records: await text("records.csv"), table: await text("table.md") };
}

/** What holds of any run on `people` people with 20 photos each, 14 to learn from and 6 to be judged on. */
function expectSoundRun({ stdout, records, table }: Run, people: number): void {
  expect(stdout).toContain(`, ${people} people\n`);
  expect(stdout).toContain(`splits: 1, train ${14 * people} photos, test ${6 * people} photos each\n`);
  const [accuracies, scores] = table.trimEnd().split("\n\n");
  expect(stdout).toContain(`\n\n${accuracies}\n\nof the faces found:\n\n${scores}\n\n`);
  const rows = parseCsv(records);
  for (const name of ["svm", "cosine", "knn", "ml-svm", "majority"]) {
    const own = rows.filter(({ classifier }) => classifier === name);
    expect(new Set(own.map(({ path }) => path)).size).toBe(6 * people);
    expect(own).toHaveLength(6 * people);
    const right = own.filter(({ label, predicted }) => label === predicted).length;
    const found = own.filter(({ answer }) => answer !== "none").length;
    const share = (of: number) => {
      const { low, high } = wilsonInterval(right, of);
      const interval = `${(100 * low).toFixed(1)}-${(100 * high).toFixed(1)}`;
      return `${((100 * right) / of).toFixed(1)} (${right} of ${of}; ${interval})`;
    };
    expect(table).toMatch(new RegExp(`^\\| ${name} `, "m"));
    const line = table.split("\n").find((text) => text.startsWith(`| ${name} `))!;
    const cells = line.split("|").map((cell) => cell.trim());
    expect(cells.slice(2, 4)).toEqual([share(found), share(own.length)]);
  }
}

describe("eval on LFW's embeddings", () => {
  it("prints the table that it writes, and repeats itself for the same seed", async () => {
    const folder = await temporaryFolder();
    await writeSyntheticLfw(join(folder, "synthetic LFW.npz"));
    const drawn = ["--min-photos", "20", "--photos-per-person", "20", "--people", "5", "--repeats", "1"];
    const args = ["--dataset", "synthetic LFW.npz", ...drawn];
    const [first, again, other, fewer] = await Promise.all([
      evalRun(folder, args),
      evalRun(folder, args),
      evalRun(folder, [...args, "--seed", "1"]),
      evalRun(folder, [...args, "--classifiers", "knn,svm"]),
    ]);
    expectSoundRun(first, 5);
    expectSoundRun(other, 5);
    expect(again.records).toBe(first.records);
    expect(other.records).not.toBe(first.records);
    const lines = (run: Run, classifier: string) =>
      run.records.split("\n").filter((line) => line.startsWith(`${classifier},`));
    for (const name of ["svm", "knn"]) expect(lines(fewer, name)).toEqual(lines(first, name));
    expect(lines(fewer, "cosine")).toEqual([]);
    expect(first.records).toMatch(/_0005\.jpg,Person_\d,none,,,false,,,\n/);
    const people = parseCsv(first.records).map(({ label }) => label);
    expect(people).not.toContain("Person_7");
  });

  it("leaves out what takes longer than the budget, unless it is named", async () => {
    const folder = await temporaryFolder();
    await writeSyntheticLfw(join(folder, "lfw.npz"));
    const drawn = ["--min-photos", "20", "--photos-per-person", "20", "--people", "5", "--repeats", "1"];
    const args = ["--dataset", "lfw.npz", ...drawn, "--budget", "0.0001"];
    const reason = /^\| ml-svm +\| +not run \(about 1 s; --classifiers ml-svm runs it\) \| +- \|/m;
    const [all, named] = await Promise.all([
      evalRun(folder, args),
      evalRun(folder, [...args, "--classifiers", "ml-svm"]),
    ]);
    expect(all.table).toMatch(reason);
    expect(all.stdout).toMatch(reason);
    expect(all.records).not.toContain("ml-svm");
    expect(all.records).toContain("svm-c1");
    expect(named.table).not.toContain("not run");
    expect(parseCsv(named.records)).toHaveLength(30);
  });

  it("without a dataset uses the file that ships, 20 photos of each person", async () => {
    const folder = await temporaryFolder();
    const args = ["--people", "5", "--repeats", "1"];
    const [first, again] = await Promise.all([evalRun(folder, args), evalRun(folder, args)]);
    expectSoundRun(first, 5);
    expect(again.records).toBe(first.records);
    const right = parseCsv(first.records).filter(({ classifier, correct }) => {
      return classifier === "svm" && correct === "true";
    });
    expect(right.length).toBeGreaterThanOrEqual(28);
  });

  it("writes the run where the reader of its output leaves early, as with head", async () => {
    const folder = await temporaryFolder();
    await writeSyntheticLfw(join(folder, "lfw.npz"));
    const args = ["--dataset", "lfw.npz", "--repeats", "1", "--classifiers", "knn", "--output", "runs"];
    const run = await runCli(["eval", ...args], { cwd: folder, closePipe: true });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(await readdir(join(folder, "runs"))).toHaveLength(1);
  });
});
