import { join } from "node:path";
import { createRandom, evaluate, nearestNeighbours, writeRun } from "facelab";
import { expect } from "vitest";
import { hostileLabels, readWithPandas } from "../support/read-with-pandas.js";
import { itWithPandas } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { syntheticSet } from "./synthetic-set.js";

itWithPandas()("records.csv is read by pandas, every label as it is", async (python) => {
  const set = syntheticSet(Object.fromEntries(hostileLabels.map((label) => [label, "xx-xx-"])));
  const evaluation = await evaluate(set, [nearestNeighbours()], { random: createRandom(5), repeats: 2 });
  const run = join(await temporaryFolder(), "run");
  await writeRun(run, set, evaluation, { settings: {}, environment: {}, ignored: [] });
  const rows = readWithPandas(python, join(run, "records.csv"));
  expect(rows.map(({ label, predicted, path }) => ({ label, predicted, path }))).toEqual(
    evaluation.records.map(({ label, predicted, path }) => ({ label, predicted: predicted ?? "", path })),
  );
  expect(new Set(rows.map(({ label }) => label))).toEqual(new Set(hostileLabels));
  const without = readWithPandas(python, join(run, "photos-without-a-face.csv"));
  expect(new Set(without.map(({ label }) => label))).toEqual(new Set(hostileLabels));
});
