import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { classifiers, comparisonTable, createRandom, evaluate, openDataset, scoresTable } from "facelab";
import { expect, it } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** The cells of a Markdown table, without the line below its header. */
function cells(markdown: string): string[][] {
  const rows = markdown
    .trim()
    .split("\n")
    .filter((line) => !/^\|[\s:|-]+\|$/.test(line));
  return rows.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

it("shows the accuracies that eval computes (times differ from machine to machine)", async () => {
  const [, marked = ""] = /<!-- eval -->([\s\S]*?)<!-- \/eval -->/.exec(readme) ?? [];
  const [accuracies = [], scores = []] = marked.trim().split("\n\n").map(cells);
  const random = createRandom(0);
  const { set } = await openDataset(
    fileURLToPath(new URL("../datasets/lfw-embeddings.npz", import.meta.url)),
    {
      minPhotos: 20,
      photosPerPerson: 20,
      random,
      pipeline: () => Promise.reject(new Error("embeddings need no pipeline")),
    },
  );
  const all = Object.values(classifiers).map((create) => create());
  const evaluation = await evaluate(set, all, { random, repeats: 5, budgetSeconds: 60 });
  // Another engine adds in another order, and a network comes out a little different: the table is of WebAssembly.
  const engine = evaluation.fits.find(({ classifier }) => classifier === "softmax")?.chosen.engine;
  const trained = engine === "tfjs-wasm" ? [] : ["softmax", "softmax-10", "gate"];
  const computed = (table: readonly (readonly string[])[], columns: number): string[][] =>
    table.map((row) => row.slice(0, columns)).filter(([name = ""]) => !trained.includes(name));
  expect(computed(accuracies, 4)).toEqual(computed(comparisonTable(evaluation), 4));
  expect(computed(scores, 5)).toEqual(computed(scoresTable(evaluation), 5));
}, 600_000);

it("names only commands that exist", () => {
  const { scripts } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    scripts: Record<string, string>;
  };
  const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1] as string);
  expect(named.length).toBeGreaterThan(5);
  for (const name of named.filter((word) => word !== "COMMAND")) expect(Object.keys(scripts)).toContain(name);
});
