import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { answerColumn } from "../../src/experiments/dist/questions/09-answers.js";
import { imageMethods } from "../../src/experiments/dist/questions/09-methods.js";
import { imageTable } from "../../src/experiments/dist/questions/09-tables.js";
import { changes } from "../../src/experiments/dist/questions/12-looks.js";
import { likeliest, seenFaces, steadiness } from "../../src/experiments/dist/questions/12-tables.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

describe("the table of image classifiers", () => {
  it("counts right answers by person and repeat, and says why a row was not run", () => {
    const person = Array.from({ length: 40 }, (_, i) => `person ${i % 20}`);
    const [best, second] = imageMethods.map(({ name }) => name);
    const { rows } = imageTable({
      about: {
        ...{ people: 20, learned: 15, tested: 1, repeats: 2 },
        methods: imageMethods.map(({ name }, i) =>
          i < 2
            ? { name, dimensions: 7, fitSeconds: 1.5 }
            : { name, notRun: "needs the photos of LFW (where)" },
        ),
      },
      tables: {
        answers: {
          repeat: person.map((_, i) => Math.floor(i / 20)),
          row: person.map((_, i) => i),
          person,
          [answerColumn(best!)]: person,
          // Wrong for the first fifteen people, in the second repeat for one more.
          [answerColumn(second!)]: person.map((name, i) => (i % 20 < 15 || i === 39 ? null : name)),
        },
      },
    });
    expect(rows[1]).toEqual([
      best,
      imageMethods[0]!.sees,
      "7",
      "100.0 (100.0-100.0)",
      "100, 100",
      "-",
      "1.5",
    ]);
    expect(rows[2]!.slice(2, 3)).toEqual(["7"]);
    expect(rows[2]![3]).toMatch(/^22\.5 \(/);
    expect(rows[2]![4]).toBe("25, 20");
    expect(rows[2]![5]).toMatch(/^-77\.5, p /);
    expect(rows[3]![3]).toBe("not run (needs the photos of LFW)");
  });
});

describe("faces that are looked at again", () => {
  const none = { neutral: 0, happy: 0, sad: 0, angry: 0, fearful: 0, disgusted: 0, surprised: 0 };
  const records = (ages: readonly number[], happy: readonly number[]) => ({
    about: { made: [] },
    tables: {
      photos: { set: ["samples"], photo: ["p"], faces: [1] },
      faces: {
        set: changes.map(() => "samples"),
        photo: changes.map(() => "p"),
        face: changes.map(() => 1),
        change: changes.map(({ name }) => name),
        age: ages,
        eyes: changes.map(() => 0.3),
        ...Object.fromEntries(Object.keys(none).map((name) => [name, changes.map(() => 0.1)])),
        happy,
      },
    },
  });

  it("are steady where nothing moves, and as unsteady as their ages and expressions are", () => {
    const steady = seenFaces(records([30, 30, 30, 30, 30], [0.9, 0.9, 0.9, 0.9, 0.9]));
    expect(steadiness(steady)).toEqual({ faces: 1, medianYears: 0, mostYears: 0, otherExpression: 0 });
    const other = seenFaces(records([30, 35, 28, 30, 30], [0.9, 0.9, 0, 0.9, 0.9]));
    expect(other[0]!.says).toEqual(["happy", "happy", "neutral", "happy", "happy"]);
    expect(steadiness(other)).toEqual({ faces: 1, medianYears: 7, mostYears: 7, otherExpression: 1 });
    expect(likeliest({ ...none, sad: 0.4, angry: 0.5 })).toBe("angry");
  });
});

it("questions that need photos are measured as far as they go without", async () => {
  const output = await temporaryFolder();
  const { code, stdout, stderr } = await runCli([
    ...["experiments", "09", "10", "12", "--quick"],
    ...["--output", output, "--data", output],
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(
    /\n\| dlib's embedding, SVM +\| +the face, set upright \| +128 \| +(?:9\d\.\d|100\.0) \(/,
  );
  expect(stdout).toMatch(/HOG, SVM.*not run \(left out by --quick\)/);
  expect(stdout).toMatch(/\n\| dlib +\| +five points \| +\| +99\.\d\d \+- /);
  expect(stdout).toMatch(/face-api's box.*not run \(left out by --quick\)/);
  expect(stdout).toContain(
    "Photos of acted expressions: not run (needs the photos of expressions (tv-characters/expressions)).",
  );
  expect(stdout).toMatch(/\n\| sample6 \| +4 \|/);
  expect((await readdir(output)).sort()).toEqual([
    "09-image-classifier",
    "10-alignment",
    "12-age-expression",
  ]);
}, 300_000);

it("what breaks recognition cannot be measured without photos", async () => {
  const output = await temporaryFolder();
  const { code, stderr } = await runCli([
    "experiments",
    "08",
    "--quick",
    "--output",
    output,
    "--data",
    output,
  ]);
  expect(code).toBe(1);
  expect(stderr).toBe("facelab: needs the photos of LFW (npx facelab fetch lfw; --data FOLDER)\n");
  expect(await readdir(output)).toEqual([]);
});
