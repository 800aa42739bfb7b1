import { createRandom, majority } from "facelab";
import { expect, it } from "vitest";
import { blobs } from "./samples.js";

const zero = new Float32Array(6);

it("names the most frequent person, with everybody's share", async () => {
  const model = await majority().fit(blobs({ photos: [2, 5, 1] }), createRandom(1));
  expect(model.predict(zero)).toEqual({ kind: "person", label: "person 1", score: 5 / 8 });
  expect([...model.predictProba(zero)]).toEqual([2 / 8, 5 / 8, 1 / 8]);
  expect(model.chosen).toEqual({ label: "person 1" });
});

it("names the first by code point of equally frequent people", async () => {
  // A full-width letter comes before an emoji, but after it in JavaScript's own order.
  const samples = ["\u{1f600}", "\uff21", "\u{1f600}", "\uff21"].map((label) => ({ label, embedding: zero }));
  const model = await majority().fit(samples, createRandom(1));
  expect(model.predict(zero)).toMatchObject({ label: "\uff21", score: 0.5 });
});
