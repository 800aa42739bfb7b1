import { existsSync } from "node:fs";
import { cp, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Question } from "../../src/experiments/dist/questions/question.js";
import { questionFiles, RECORDS } from "../../src/experiments/dist/questions/question-files.js";
import { readRecords } from "../../src/experiments/dist/questions/records-file.js";
import { questions } from "../../src/experiments/dist/questions/registry.js";
import { resultsPage } from "../../src/experiments/dist/questions/results-page.js";
import { writeShown } from "../../src/experiments/dist/questions/write-question.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

const results = fileURLToPath(new URL("../../results", import.meta.url));
const MEGABYTE = 1_000_000;

const recordsOf = async (question: Question) => readRecords(join(results, question.name, RECORDS));

describe("the questions", () => {
  it("are in order, each in a folder that its number begins", () => {
    const numbers = questions.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort());
    for (const { number, name, title } of questions) {
      expect(name).toMatch(new RegExp(`^${number}-[a-z-]+$`));
      expect(title).toMatch(/^[A-Z].*\?$/);
    }
  });

  it.each(questions)(
    "$number has records, and tables and charts that are made from them",
    async (question) => {
      const records = await recordsOf(question);
      expect(records, `npm run experiments -- ${question.number}`).toBeDefined();
      const folder = join(results, question.name);
      const files = questionFiles(question, records!);
      expect((await readdir(folder)).sort()).toEqual([RECORDS, ...files.keys()].sort());
      for (const [name, text] of files) expect(await readFile(join(folder, name), "utf8"), name).toBe(text);
    },
  );

  it("stand in results/README.md as their records say", async () => {
    expect(await readFile(join(results, "README.md"), "utf8")).toBe(await resultsPage(results, questions));
  });

  it("that were not measured say so on the page", async () => {
    const folder = await temporaryFolder();
    await cp(join(results, "README.md"), join(folder, "README.md"));
    const page = await resultsPage(folder, questions);
    for (const { number } of questions) {
      expect(page).toContain(`Not measured yet: \`npm run experiments -- ${number}\`.`);
    }
  });

  it("keep records of at most 1.5 MB each, and 15 MB together", async () => {
    const sizes = await Promise.all(
      questions.map(async ({ name }) => (await stat(join(results, name, RECORDS))).size),
    );
    expect(Math.max(...sizes)).toBeLessThan(1.5 * MEGABYTE);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(15 * MEGABYTE);
  });

  it("write what is made from records again, and remove a table that no longer is", async () => {
    const question = questions.find(({ number }) => number === "04") as Question;
    const folder = await temporaryFolder();
    const records = (await recordsOf(question))!;
    await writeShown(folder, { ...question, show: (of) => ({ ...question.show(of), figures: [] }) }, records);
    expect((await readdir(folder)).some((name) => name.endsWith(".svg"))).toBe(false);
    await writeShown(folder, question, records);
    expect((await readdir(folder)).sort()).toEqual([...questionFiles(question, records).keys()].sort());
    await writeShown(folder, { ...question, show: (of) => ({ ...question.show(of), figures: [] }) }, records);
    expect((await readdir(folder)).some((name) => name.endsWith(".svg"))).toBe(false);
  });
});

describe("facelab experiments", () => {
  it("runs a question from what ships, and leaves results/ alone", async () => {
    const output = await temporaryFolder();
    const run = await runCli(["experiments", "04", "--quick", "--output", output, "--data", output]);
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
    expect(run.stdout).toContain("04: Same person or not?\n");
    expect(run.stdout).toMatch(/\n\| dlib +\| +onnx \| +\| +99\.\d\d \+- \d\.\d\d \|/);
    expect((await readdir(join(output, "04-same-person"))).sort()).toContain(RECORDS);
    expect(await readdir(output)).toEqual(["04-same-person"]);
  });

  it("says in a row's place why it could not be measured", async () => {
    const output = await temporaryFolder();
    const run = await runCli(["experiments", "04", "--output", output, "--data", output]);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("not run: needs the photos of LFW (npx facelab fetch lfw; --data FOLDER)\n");
    expect(run.stdout).toMatch(/MobileFaceNet \|.*not run \(needs the photos of LFW\)/);
  });

  it("refuses a number that no question has", async () => {
    const { code, stderr } = await runCli(["experiments", "04", "77"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^facelab: unknown experiment: 77 \(expected .*04.*\)\n$/);
  });

  it("refuses a folder into which another run writes", async () => {
    const output = await temporaryFolder();
    const args = ["experiments", "04", "--quick", "--output", output, "--data", output];
    const runs = await Promise.all([runCli(args), runCli(args)]);
    const folder = join(output, "04-same-person");
    const codes = runs.map(({ code }) => code).sort();
    // Where the first was done before the second began both are right; but both began at once.
    expect(codes).toEqual([0, 1]);
    expect(runs.find(({ code }) => code === 1)!.stderr).toContain(`another run writes into ${folder} (`);
    expect(existsSync(`${folder}.lock`)).toBe(false);
    expect((await runCli(args)).code).toBe(0);
  });
});
