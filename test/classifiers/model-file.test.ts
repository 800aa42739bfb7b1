import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  classifiers,
  createRandom,
  InputError,
  loadModel,
  type Model,
  type ModelJson,
  readModel,
  saveModel,
} from "facelab";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blobs } from "./samples.js";

const samples = blobs({ photos: [5, 3, 1, 8, 2], spread: 1.5, seed: 2 });
const embedder = { name: "dlib", sha256: "ab".repeat(32) };

let folder = "";
const models = new Map<string, Model>();
const file = (name: string): string => join(folder, `${name}.json`);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "facelab-models-"));
  for (const [name, create] of Object.entries(classifiers)) {
    const model = await create().fit(samples, createRandom(1));
    models.set(name, model);
    await saveModel(file(name), model, { embedder });
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Why it was refused; it must be an InputError. */
async function refusal(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as Error).message;
  }
  throw new Error("it was not refused");
}

/** Copies a saved model with another text. */
async function altered(name: string, change: (text: string) => string): Promise<string> {
  const path = join(folder, "altered.json");
  const text = await readFile(file(name), "utf8");
  const changed = change(text);
  expect(changed).not.toBe(text);
  await writeFile(path, changed);
  return path;
}

describe("saveModel and readModel", () => {
  it("are known to at least the classifiers that learn no network", () => {
    const needed = ["svm", "svm-c1", "ml-svm", "cosine", "cosine-mean", "knn", "ml-knn", "majority"];
    expect([...models.keys()]).toEqual(expect.arrayContaining(needed));
  });

  it("say the same in another process, bit for bit", () => {
    const script = `
      import { readModel } from "facelab";
      const [embeddings, ...files] = JSON.parse(process.argv[1]);
      const answers = [];
      for (const file of files) {
        const model = await readModel(file, { embedder: "dlib", dimensions: 6 });
        answers.push(embeddings.map((numbers) => {
          const embedding = Float32Array.from(numbers);
          return [model.predict(embedding), [...model.predictProba(embedding)]];
        }));
      }
      console.log(JSON.stringify(answers));`;
    const embeddings = samples.map(({ embedding }) => [...embedding]);
    const files = [...models.keys()].map(file);
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--input-type=module", "-e", script, JSON.stringify([embeddings, ...files])],
      { cwd: fileURLToPath(new URL("../..", import.meta.url)), encoding: "utf8" },
    );
    expect(stderr).toBe("");
    const expected = [...models.values()].map((model) =>
      samples.map(({ embedding }) => [model.predict(embedding), [...model.predictProba(embedding)]]),
    );
    expect(JSON.parse(stdout)).toEqual(expected);
  });

  it("make missing folders, replace an older file, and leave nothing else behind", async () => {
    const path = join(folder, "deep", "er", "model.json");
    await saveModel(path, models.get("majority")!);
    await saveModel(path, models.get("cosine")!);
    expect(await readModel(path)).toMatchObject({ chosen: models.get("cosine")!.chosen });
    expect(await readdir(join(folder, "deep", "er"))).toEqual(["model.json"]);
  });

  it("refuse to save what could not be loaded, and keep the older file", async () => {
    const path = join(folder, "kept.json");
    const model = models.get("cosine")!;
    await saveModel(path, model);
    const json = model.toJSON!();
    const broken = { ...model, toJSON: () => ({ ...json, state: { ...json.state, threshold: Number.NaN } }) };
    expect(await refusal(() => saveModel(path, broken))).toBe(
      `cannot save model: ${path} (invalid threshold in a model (must be a finite number))`,
    );
    const { toJSON: _, ...unsaveable } = model;
    expect(await refusal(() => saveModel(path, unsaveable))).toBe(
      `cannot save model: ${path} (models of this classifier have no toJSON)`,
    );
    await readModel(path);
  });

  it("refuse another kind, another length, another embedder and other weights", async () => {
    const path = file("svm");
    const why = (reason: string): string => `cannot read model: ${path} (${reason})`;
    const other = { ...embedder, sha256: "cd".repeat(32) };
    expect(await refusal(() => readModel(path, { kind: "knn" }))).toBe(
      why("another kind of model: svm (expected knn)"),
    );
    expect(await refusal(() => readModel(path, { dimensions: 128 }))).toBe(
      why("a model of embeddings of another length: 6 (expected 128)"),
    );
    expect(await refusal(() => readModel(path, { embedder: "sface" }))).toBe(
      why("fitted on another embedder: dlib (expected sface; train it again)"),
    );
    expect(await refusal(() => readModel(path, { embedder: other }))).toBe(
      why(
        `fitted on other weights of dlib: sha256 ${embedder.sha256} (expected ${other.sha256}; train it again)`,
      ),
    );
    await readModel(path, { kind: "svm", dimensions: 6, embedder });
    const anonymous = join(folder, "anonymous.json");
    await saveModel(anonymous, models.get("svm")!);
    expect(await refusal(() => readModel(anonymous, { embedder: "dlib" }))).toContain(
      "a model that does not say which embedder it was fitted on (expected dlib)",
    );
  });

  it("refuse a file cut short anywhere", async () => {
    const { length } = await readFile(file("cosine-mean"), "utf8");
    for (const kept of [0, 1, 50, Math.floor(length / 2), length - 2]) {
      const path = await altered("cosine-mean", (text) => text.slice(0, kept));
      expect(await refusal(() => readModel(path))).toBe(
        `cannot read model: ${path} (not JSON: truncated, or not a model)`,
      );
    }
  });

  it.each<[string, (text: string) => string]>([
    ["a label", (text) => text.replace("person 3", "person 9")],
    ["the last digit of a number", (text) => text.replace(/(\d)\]/, (_, d) => `${(Number(d) + 1) % 10}]`)],
    ["the embedder", (text) => text.replace('"name":"dlib"', '"name":"sface"')],
    ["the kind", (text) => text.replace('"kind":"cosine-mean"', '"kind":"cosine"')],
    ["the sum", (text) => text.replace(/"sha256":"./, '"sha256":"x')],
    ["an added field", (text) => text.replace(/}\s*$/, ',"more":1}')],
  ])("refuse a file in which somebody changed %s", async (_, change) => {
    const path = await altered("cosine-mean", change);
    expect(await refusal(() => readModel(path))).toBe(
      `cannot read model: ${path} (the file was changed after it was written: its sha256 differs)`,
    );
  });

  it.each<[string, string, string]>([
    ["another version", "version", "unknown version of the format: 2 (this facelab reads 1)"],
    ["other JSON", "format", "not a model of facelab"],
  ])("refuse %s", async (_, field, reason) => {
    const path = await altered("knn", (text) =>
      JSON.stringify({ ...JSON.parse(text), [field]: field === "version" ? 2 : "x" }),
    );
    expect(await refusal(() => readModel(path))).toContain(`cannot read model: ${path} (`);
    if (field === "version") expect(await refusal(() => readModel(path))).toContain(reason);
    const bare = await altered("knn", () => (field === "format" ? "[1, 2]" : '{"version": 2}'));
    expect(await refusal(() => readModel(bare))).toBe(`cannot read model: ${bare} (not a model of facelab)`);
  });

  it("say what is wrong with the path", async () => {
    const missing = join(folder, "missing.json");
    expect(await refusal(() => readModel(missing))).toBe(
      `cannot read model: ${missing} (there is no such file)`,
    );
    expect(await refusal(() => readModel(folder))).toBe(`cannot read model: ${folder} (it is a folder)`);
    const below = join(file("knn"), "model.json");
    expect(await refusal(() => saveModel(below, models.get("knn")!))).toContain(
      `cannot save model: ${below} (`,
    );
    const secret = join(folder, "secret.json");
    await saveModel(secret, models.get("majority")!);
    await chmod(secret, 0o000);
    // The superuser may read everything.
    if (process.getuid?.() !== 0) {
      expect(await refusal(() => readModel(secret))).toBe(`cannot read model: ${secret} (permission denied)`);
    }
  });
});

describe("loadModel", () => {
  const json = (name: string): ModelJson => JSON.parse(JSON.stringify(models.get(name))) as ModelJson;

  it("refuses what is no model, with the field that is wrong", async () => {
    for (const value of [null, 1, "model", [], {}, { format: "other" }]) {
      expect(await refusal(() => loadModel(value))).toBe("not a model of facelab");
    }
    const knn = json("knn");
    const refused = (change: object) => refusal(() => loadModel({ ...knn, ...change }));
    expect(await refused({ kind: "tree" })).toMatch(/^unknown kind of model: tree \(expected svm, /);
    expect(await refused({ kind: "toString" })).toMatch(/^unknown kind of model: toString/);
    expect(await refused({ kind: 3 })).toMatch(/^invalid kind in a model/);
    expect(await refused({ version: "1" })).toMatch(/^unknown version of the format: 1 /);
    for (const dimensions of [0, 2.5, "6", null, 7]) {
      expect(await refused({ dimensions })).toMatch(/^invalid (dimensions|rows) in a model/);
    }
    for (const labels of [[], ["b", "a"], ["a", "a"], [1], "a", null]) {
      expect(await refused({ labels })).toMatch(/^invalid labels in a model/);
    }
    expect(await refused({ chosen: null })).toMatch(/^invalid chosen in a model/);
    expect(await refused({ state: [] })).toMatch(/^invalid state in a model/);
  });

  it("checks every learned field of every kind", async () => {
    for (const name of models.keys()) {
      const whole = json(name);
      const fields = Object.keys(whole.state);
      expect(fields.length).toBeGreaterThan(0);
      for (const field of fields) {
        const value = whole.state[field];
        const wrong: unknown[] = [undefined, null, "x", {}];
        if (Array.isArray(value)) {
          wrong.push([], value.slice(1), [...value, 1], value.with(0, null), value.with(0, "1"));
        }
        if (field === "codes") wrong.push(value, (value as number[]).toReversed());
        for (const bad of wrong) {
          if (bad === value) continue;
          const broken = { ...whole, state: { ...whole.state, [field]: bad } };
          const message = await refusal(() => loadModel(broken));
          expect(message).toMatch(/^invalid \w+ in a model/);
        }
      }
    }
    const knn = json("knn");
    const k = (nNeighbors: number) => loadModel({ ...knn, state: { ...knn.state, nNeighbors } });
    for (const bad of [0, 1.5, samples.length + 1]) {
      expect(await refusal(() => k(bad))).toMatch(/^invalid nNeighbors in a model/);
    }
  });
});
