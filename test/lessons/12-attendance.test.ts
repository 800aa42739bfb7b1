import {
  type AttendanceAnswer,
  answerPhoto,
  dividePhotoFiles,
  embedPhotos,
  facePipeline,
  hasFace,
  openPhotos,
  trainRecogniser,
} from "facelab";
import { beforeAll, expect, it } from "vitest";
import { verdict } from "./verdict.js";

let all: AttendanceAnswer[];
let named: AttendanceAnswer[];
beforeAll(async () => {
  const { photos, random } = await openPhotos();
  const pipeline = await facePipeline();
  const { photos: divided } = await dividePhotoFiles(photos, { random: random.fork("split") });
  const people = [...new Set(photos.map(({ label }) => label))].sort();
  const strangers = people.filter((_, i) => i % 4 === 3);
  const registered = divided.filter(({ label, part }) => part === "train" && !strangers.includes(label));
  const enrolled = (await embedPhotos(registered, pipeline)).filter(hasFace);
  const recogniser = await trainRecogniser(enrolled, { random: random.fork("train") });
  all = [];
  for (const { path } of divided.filter(({ part }) => part === "test")) {
    const seen = await answerPhoto(path, recogniser, pipeline);
    if (seen.kind === "faces") all.push(...seen.answers);
  }
  named = all.filter(({ kind }) => kind === "person");
}, 240_000);

it("12.1 is the least margin of those who are named", async () => {
  const least = (some: readonly AttendanceAnswer[]) => Math.min(...some.map(({ margin }) => margin));
  expect(await verdict("12.1", least(named))).toBe("right");
  expect(await verdict("12.1", least(all))).toMatch(/not named/);
  expect(await verdict("12.1", Math.min(...named.map(({ distance }) => distance)))).toMatch(/a distance/);
  expect(await verdict("12.1", 77)).toMatch(/least margin/);
});

it("12.2 counts everybody once", async () => {
  const present = new Set(named.map(({ label }) => label)).size;
  expect(named.length).toBeGreaterThan(present);
  expect(await verdict("12.2", present)).toBe("right");
  expect(await verdict("12.2", all.length)).toMatch(/all lines of the log/);
  expect(await verdict("12.2", named.length)).toMatch(/already marked is not marked/);
});

it("12.3 is the share of strangers who are named: none of the sample faces is", async () => {
  expect(await verdict("12.3", 0)).toBe("right");
  expect(await verdict("12.3", 1)).toMatch(/which share is named/);
  expect(await verdict("12.3", "none")).toMatch(/give a number/);
});
