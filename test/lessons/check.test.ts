import { check, InputError, openEmbeddings, openPhotos } from "facelab";
import { afterEach, expect, it, vi } from "vitest";
import { exercises } from "../../src/lib/dist/lessons/exercises/registry.js";
import { verdict } from "./verdict.js";

const ids = Object.keys(exercises);

afterEach(() => vi.unstubAllEnvs());

it("says so where nothing was opened yet", async () => {
  await expect(check("06.1", 1)).rejects.toThrow(
    new InputError("no data yet (run the first cell, which calls openEmbeddings)"),
  );
});

it("names the exercises that there are", async () => {
  await expect(check("99.1", 1)).rejects.toThrow(/^unknown exercise: 99\.1 \(expected one of .*06\.1, 06\.2/);
});

it.each(ids)(
  "%s takes what is right, and has different hints for at least two wrong answers",
  async (id) => {
    await openPhotos();
    await openEmbeddings();
    const { right, wrong } = await exercises[id]!.examples();
    for (const answer of right) expect(await verdict(id, answer)).toBe("right");
    const hints = await Promise.all(wrong.map(async (answer) => exercises[id]!.judge(answer)));
    const texts = hints
      .map((one) => (one.kind === "wrong" ? one.hint : undefined))
      .filter((hint) => hint !== undefined);
    expect(new Set(texts).size).toBeGreaterThanOrEqual(2);
  },
  240_000,
);

it("throws for a grader", async () => {
  await openEmbeddings();
  vi.stubEnv("FACELAB_GRADING", "1");
  await expect(check("06.1", 1)).rejects.toThrow(/^06\.1: not yet\. that is the length after l2Normalize/);
});
