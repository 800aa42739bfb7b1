import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  type Classifier,
  cacheSize,
  classifiers,
  createRandom,
  type DiskCache,
  diskCache,
  type EmbeddedPhoto,
  type EmbeddedSet,
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  type Params,
} from "facelab";
import { describe, expect, it } from "vitest";
import { fitFingerprint } from "../../src/lib/dist/evaluation/fit-fingerprint.js";
import { fingerprintOf } from "../../src/lib/dist/pipeline/code-fingerprint.js";
import { packageVersions } from "../../src/lib/dist/pipeline/package-versions.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { dividedSet, syntheticSet } from "./synthetic-set.js";

const folder = await temporaryFolder();
let caches = 0;
const freshFolder = (): string => join(folder, `cache ${caches++}`);

const set = syntheticSet({ Ada: "xxx-xxx", Björn: "x-xxxx", Chloé: "xxxxxxxx-", Dora: "x" });
const options = { repeats: 2, random: createRandom(7) } satisfies EvaluateOptions;

/** Everything but how long it took. */
const withoutTimes = ({ fits, ...rest }: Evaluation) => ({
  ...rest,
  fits: fits.map(({ fitSeconds: _, predictMilliseconds: __, ...fit }) => fit),
});

/** A classifier whose fits are counted; it draws, so that its stream matters. */
function counting(name = "counting", params: Params = { k: 1 }) {
  let fits = 0;
  const classifier: Classifier = {
    name,
    params,
    async fit(samples, random) {
      fits++;
      const labels = [...new Set(samples.map(({ label }) => label))].sort();
      const chosen = { drawn: random.uniform(), least: -0, none: Number.NEGATIVE_INFINITY };
      return {
        labels,
        dimensions: samples[0]!.embedding.length,
        chosen,
        predictProba: () => Float64Array.from(labels, () => 1 / labels.length),
        predict: ([first]) => ({ kind: "person", label: labels[0]!, score: first! > 0 ? Infinity : -0 }),
      };
    },
  };
  return { classifier, fits: () => fits };
}

describe("the cache of fits", () => {
  it("gives the same of every classifier, with the times that it took", async () => {
    const all = Object.values(classifiers)
      .map((create): Classifier => create())
      .filter(({ embedder }) => embedder === undefined);
    const directory = freshFolder();
    const once = await evaluate(set, all, { ...options, cache: diskCache(directory) });
    expect((await cacheSize(directory)).kinds).toEqual({ fit: 2 * all.length });
    const cache = diskCache(directory);
    const again = await evaluate(set, all, { ...options, cache });
    expect(cache.hits()).toBe(2 * all.length);
    expect(again).toEqual(once);
    expect(withoutTimes(once)).toEqual(withoutTimes(await evaluate(set, all, options)));
  });

  it("keeps numbers that JSON has not", async () => {
    const directory = freshFolder();
    const [first, second] = [counting(), counting()];
    const once = await evaluate(set, [first.classifier], { ...options, cache: diskCache(directory) });
    const again = await evaluate(set, [second.classifier], { ...options, cache: diskCache(directory) });
    expect([first.fits(), second.fits()]).toEqual([2, 0]);
    expect(again).toEqual(once);
    expect(again.fits[0]?.chosen).toMatchObject({ least: -0, none: Number.NEGATIVE_INFINITY });
    expect(new Set(again.records.map(({ score }) => score))).toEqual(new Set([Infinity, -0, null]));
  });

  const change = (index: number, how: (photo: EmbeddedPhoto) => EmbeddedPhoto): EmbeddedSet => ({
    ...set,
    photos: set.photos.map((photo, i) => (i === index ? how(photo) : photo)),
  });
  const nudged = (photo: EmbeddedPhoto): EmbeddedPhoto => {
    if (photo.kind === "none") throw new Error("no face");
    const embedding = Float32Array.from(photo.embedding);
    new Uint8Array(embedding.buffer)[0]! ^= 1;
    return { ...photo, embedding };
  };
  const split = async () => (await evaluate(set, [], { ...options, repeats: 1 })).splits[0]!;
  const faceOf = (positions: readonly number[]) => positions.find((i) => set.photos[i]?.kind === "face")!;
  const one = { ...options, repeats: 1 };

  it.each<[string, () => Promise<[EmbeddedSet, Classifier, EvaluateOptions]>, (() => Classifier)?]>([
    ["name", async () => [set, counting("another").classifier, one]],
    ["setting", async () => [set, counting("counting", { k: 2 }).classifier, one]],
    ["further setting", async () => [set, counting("counting", { k: 1, l: 0 }).classifier, one]],
    [
      "infinite setting",
      async () => [set, counting("counting", { k: Infinity }).classifier, one],
      () => counting("counting", { k: null }).classifier,
    ],
    ["seed", async () => [set, counting().classifier, { ...one, random: createRandom(8) }]],
    ["share", async () => [set, counting().classifier, { ...one, testSize: 0.5 }]],
    [
      "bit of a training face",
      async () => [change(faceOf((await split()).train), nudged), counting().classifier, one],
    ],
    [
      "bit of a test face",
      async () => [change(faceOf((await split()).test), nudged), counting().classifier, one],
    ],
    [
      "name of a person",
      async () => [
        { ...set, photos: set.photos.map((photo) => ({ ...photo, label: `${photo.label}!` })) },
        counting().classifier,
        one,
      ],
    ],
    [
      "face that is lost",
      async () => [
        change(faceOf((await split()).test), ({ path, label }) => {
          return { path, label, kind: "none", reason: "no face found", detail: "" };
        }),
        counting().classifier,
        one,
      ],
    ],
  ])("fits again with another %s", async (_, other, first = () => counting().classifier) => {
    const directory = freshFolder();
    const fitted = await evaluate(set, [first()], { ...one, cache: diskCache(directory) });
    const same = diskCache(directory);
    await evaluate(set, [first()], { ...one, cache: same });
    expect(same.hits()).toBe(1);
    const [otherSet, classifier, otherOptions] = await other();
    const cache = diskCache(directory);
    const result = await evaluate(otherSet, [classifier], { ...otherOptions, cache });
    expect(cache.hits()).toBe(0);
    expect((await cacheSize(directory)).kinds).toEqual({ fit: 2 });
    expect(result.fits).toHaveLength(fitted.fits.length);
  });

  it("fits again with another seed where the dataset is divided, and the faces are the same", async () => {
    const divided = dividedSet(set, (_, i) => (i % 3 === 0 ? "test" : "train"));
    const cache = diskCache(freshFolder());
    const { classifier, fits } = counting();
    for (const seed of [7, 8, 7])
      await evaluate(divided, [classifier], { random: createRandom(seed), cache });
    expect(fits()).toBe(2);
  });

  it("fits no more for another place of the photos, further classifiers or more repeats", async () => {
    const directory = freshFolder();
    const { classifier, fits } = counting();
    await evaluate(set, [classifier], { ...one, cache: diskCache(directory) });
    const moved = {
      ...set,
      photos: set.photos.map((photo) => ({ ...photo, path: join("moved", photo.path) })),
    };
    const { records } = await evaluate(moved, [classifier], { ...one, cache: diskCache(directory) });
    expect(records.every(({ path }) => path.startsWith("moved"))).toBe(true);
    expect(fits()).toBe(1);
    const more = [counting("before").classifier, classifier];
    await evaluate(set, more, { ...options, repeats: 3, cache: diskCache(directory) });
    expect(fits()).toBe(3);
  });

  it("knows its own code, the packages that fit and all that they depend on", () => {
    const versions = packageVersions(["ml-svm", "no such package"]);
    expect(versions["node_modules/ml-svm"]).toMatch(/^ml-svm@\d+\./);
    expect(versions["node_modules/ml-kernel"]).toMatch(/^ml-kernel@\d+\./);
    expect(versions["no such package"]).toBe("missing");
    const some = fingerprintOf(["metrics"], { a: "1" });
    expect(fingerprintOf(["metrics"], { a: "1" })).toBe(some);
    expect(fingerprintOf(["metrics"], { a: "2" })).not.toBe(some);
    expect(fingerprintOf(["metrics", "."], { a: "1" })).not.toBe(some);
    expect(fingerprintOf(["classifiers"], { a: "1" })).not.toBe(some);
  });

  it("knows of every fit by which code it was made", async () => {
    const keys: unknown[] = [];
    const cache: DiskCache = { ...diskCache(freshFolder()), put: async (key) => void keys.push(...key) };
    await evaluate(set, [counting().classifier], { ...one, cache });
    expect(keys).toContain(fitFingerprint());
  });

  it.each(["content-v2", "index-v5"])("fits again where it is damaged: %s", async (what) => {
    const directory = freshFolder();
    const { classifier, fits } = counting();
    const once = await evaluate(set, [classifier], { ...one, cache: diskCache(directory) });
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const damaged = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => path.slice(directory.length).includes(what));
    expect(damaged).toHaveLength(1);
    const bytes = await readFile(damaged[0]!);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(damaged[0]!, bytes);
    for (const expected of [2, 2]) {
      const again = await evaluate(set, [classifier], { ...one, cache: diskCache(directory) });
      expect(withoutTimes(again)).toEqual(withoutTimes(once));
      expect(fits()).toBe(expected);
    }
  });

  it("fits again what ran on another engine of tensorflow.js", async () => {
    const directory = freshFolder();
    const network = classifiers.softmax({ epochs: 1 });
    await evaluate(set, [network], { ...one, cache: diskCache(directory) });
    const elsewhere = changing(diskCache(directory));
    const { fits } = await evaluate(set, [network], { ...one, cache: elsewhere.cache });
    expect(elsewhere.puts()).toBe(1);
    expect(fits[0]?.chosen.engine).toMatch(/^tfjs-/);
  });

  it("shows a fit that fails, every time", async () => {
    const cache = diskCache(freshFolder());
    const failing = { ...counting().classifier, fit: () => Promise.reject(new Error("it failed")) };
    await expect(evaluate(set, [failing], { ...one, cache })).rejects.toThrow("it failed");
    await expect(evaluate(set, [failing], { ...one, cache })).rejects.toThrow("it failed");
    expect(cache.hits()).toBe(0);
  });

  it("leaves out what is over the budget, though it was fitted before", async () => {
    const cache = diskCache(freshFolder());
    const slow = { ...counting().classifier, estimateSeconds: () => 60 };
    const run = async (budgetSeconds: number) =>
      withoutTimes(await evaluate(set, [slow], { ...options, cache, budgetSeconds }));
    const all = await run(120);
    expect(all.notRun).toEqual([]);
    const { notRun, records } = await run(119);
    expect({ notRun, records }).toEqual({
      notRun: [{ classifier: "counting", kind: "budget", seconds: 120 }],
      records: [],
    });
    expect(await run(120)).toEqual(all);
    expect(cache.hits()).toBe(2);
  });

  it("is of no use where it cannot be written, and nothing is lost", async () => {
    await writeFile(join(folder, "a file"), "mine");
    const cache = diskCache(join(folder, "a file", "cache"));
    const result = await evaluate(set, [counting().classifier], { ...options, cache });
    expect(withoutTimes(result)).toEqual(withoutTimes(await evaluate(set, [counting().classifier], options)));
    expect(cache.trouble()).toContain("a file");
  });
});

/** A cache that says of every fit that tensorflow.js ran on something else. */
function changing(cache: DiskCache) {
  let puts = 0;
  const engine = /tfjs-(node|wasm|cpu)/;
  return {
    puts: () => puts,
    cache: {
      ...cache,
      get: async (key) => {
        const kept = gunzipSync(Buffer.from((await cache.get(key)) as string, "base64")).toString("latin1");
        expect(kept).toMatch(engine);
        // As long as before: the text has its length in front of it.
        const other = kept.replace(engine, (name) => `xxxx-${name.slice(5)}`);
        return gzipSync(Buffer.from(other, "latin1")).toString("base64");
      },
      put: async () => {
        puts++;
      },
    } satisfies DiskCache,
  };
}
