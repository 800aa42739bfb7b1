import { readFile, stat, utimes } from "node:fs/promises";
import {
  createRandom,
  type EmbeddedPhoto,
  embedPhotos,
  facePipeline,
  loadFolder,
  type PhotoDataset,
} from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { type Corpus, makeCorpus } from "./make-corpus.js";
import { randomDamage } from "./random-damage.js";

/** More files than the usual 300, for a soak. */
const count = Number(process.env.FACELAB_HOSTILE_FILES ?? 300);
/** In milliseconds; a minute is usual for 300 files. */
const TIMEOUT = 240_000 + 1000 * count;
const seed = Number(process.env.FACELAB_HOSTILE_SEED ?? 0);

// Windows has no pipes in folders, and its links are for administrators.
describe.skipIf(process.platform === "win32")("a folder of hostile files", { timeout: TIMEOUT }, () => {
  let corpus: Corpus;
  let dataset: PhotoDataset;
  let embedded: Map<string, EmbeddedPhoto>;
  let alone: EmbeddedPhoto | undefined;
  let watched = false;
  let opened = 0;

  beforeAll(async () => {
    corpus = await makeCorpus(await temporaryFolder(), { count, seed });
    const pipeline = await facePipeline({ detector: "ssd", cache: false });
    [alone] = await embedPhotos([{ path: corpus.good, label: "alone" }], pipeline);
    watched = await readingShows(corpus.decoy);
    await forget(corpus.decoy);
    dataset = await loadFolder(corpus.people);
    const photos = await embedPhotos(dataset.samples, pipeline);
    opened = (await stat(corpus.decoy)).atimeMs;
    embedded = new Map(photos.map((photo) => [photo.path, photo]));
  }, TIMEOUT);

  it("is made as it says: many files, every one a different path", () => {
    expect(corpus.files.length).toBeGreaterThanOrEqual(count);
    const paths = new Set(corpus.files.map(({ path }) => path));
    // Names that are not UTF-8 look alike.
    expect(corpus.files.length - paths.size).toBeLessThanOrEqual(2);
  });

  it("is accounted for: each file is a photo or ignored", () => {
    const listed = corpus.files.filter(({ outcome }) => outcome !== "not listed");
    const seen = [...dataset.samples, ...dataset.ignored].map(({ path }) => path);
    expect(seen.toSorted()).toEqual(listed.map(({ path }) => path).toSorted());
    expect(embedded.size).toBe(dataset.samples.length);
    expect(dataset.ignored.length).toBeGreaterThan(15);
  });

  it("comes out as each file was meant", () => {
    const wrong = corpus.files.flatMap(({ path, outcome, word = "" }) => {
      const [found, reason] = outcomeOf(path);
      const meant = outcome === "any" ? ["face", "no face", "unreadable"].includes(found) : found === outcome;
      return meant && reason.includes(word)
        ? []
        : [`${path}: ${found} (${reason}), not ${outcome} (${word})`];
    });
    expect(wrong).toEqual([]);
  });

  it("names the file in the reason of each that cannot be read", () => {
    for (const photo of embedded.values()) {
      if (photo.kind === "none" && photo.reason === "unreadable") expect(photo.detail).toContain(photo.path);
    }
  });

  it("gives good photos the same embedding as alone, and the same face nearly the same", () => {
    if (alone?.kind !== "face") throw new Error("no face in the good photo");
    const { embedding: base } = alone;
    const far = corpus.files.flatMap(({ path, near }) => {
      const photo = embedded.get(path);
      if (near === undefined || photo?.kind !== "face") return [];
      const distance = Math.hypot(...base.map((value, i) => value - photo.embedding[i]!));
      return distance <= near ? [] : [`${path}: ${distance}`];
    });
    expect(far).toEqual([]);
    expect(corpus.files.filter(({ near }) => near === 0).length).toBeGreaterThan(10);
  });

  it("opens no file outside of the folder, though files in it ask for that", ({ skip }) => {
    if (!watched) skip("this disk does not note when files are read");
    expect(opened).toBe(LONG_AGO);
  });

  it("is damaged in the same way again by the same seed", () => {
    const bytes = (start: number): Buffer =>
      Buffer.from(Array.from({ length: 900 }, (_, i) => (start + i) % 256));
    const base = { png: bytes(1), jpeg: bytes(2), webp: bytes(3), pgm: bytes(4) };
    const damaged = (from: number) => randomDamage(base, 40, createRandom(from));
    expect(damaged(seed)).toEqual(damaged(seed));
    expect(damaged(seed + 1)).not.toEqual(damaged(seed));
  });

  function outcomeOf(path: string): [outcome: string, reason: string] {
    const photo = embedded.get(path);
    if (photo?.kind === "face") return ["face", ""];
    if (photo?.kind === "none") {
      return [photo.reason === "no face found" ? "no face" : photo.reason, photo.detail];
    }
    const ignored = dataset.ignored.find((file) => file.path === path);
    return ignored === undefined ? ["not listed", ""] : ["not a photo", ignored.reason];
  }
});

const LONG_AGO = Date.UTC(2001, 0, 1);

/** Sets the time of the last reading back, so that the next one shows (also where only the first in a day is noted). */
async function forget(path: string): Promise<void> {
  await utimes(path, LONG_AGO / 1000, new Date());
}

async function readingShows(path: string): Promise<boolean> {
  await forget(path);
  await readFile(path);
  return (await stat(path)).atimeMs !== LONG_AGO;
}
