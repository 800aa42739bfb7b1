import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { shippedMtcnnWeights } from "facelab";
import { describe, expect, it } from "vitest";
import { comparisonPage } from "../../src/experiments/dist/compare-detectors/page.js";
import { readSections } from "../../src/experiments/dist/compare-detectors/sections.js";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

describe("results/mtcnn", () => {
  it("is the page made from the records beside it, about the weights that ship", async () => {
    const folder = join(checkout, "results/mtcnn");
    const sections = await readSections(folder);
    expect(Object.keys(sections).sort()).toEqual(["boxes", "landmarks", "lfw", "wider"]);
    expect(await readFile(join(folder, "README.md"), "utf8")).toBe(comparisonPage(sections));
    const [{ sha256 }] = JSON.parse(await readFile(shippedMtcnnWeights, "utf8")) as [{ sha256: string }];
    for (const section of Object.values(sections)) expect(section.about.weights.ours.sha256).toBe(sha256);
  });
});
