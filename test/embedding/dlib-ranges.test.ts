import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { calibrateDlib, dlibRangesPath, InputError, type RgbImage, writeDlibRanges } from "facelab";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { dlibModelFile } from "../../src/lib/dist/embedding/dlib-model-file.js";
import { activationNames } from "../../src/lib/dist/embedding/dlib-network.js";
import { readDlibRanges } from "../../src/lib/dist/embedding/dlib-ranges.js";
import { sampleChips } from "../support/sample-chips.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const shipped = await readFile(dlibRangesPath(), "utf8");
const { weights } = JSON.parse(shipped) as { weights: string };
let folder: string;
let chips: RgbImage[];
beforeAll(async () => {
  folder = await temporaryFolder();
  vi.stubEnv("XDG_CACHE_HOME", folder);
  chips = await sampleChips();
});

describe("the ranges of dlib's activations", () => {
  it("ship for every activation, of View 1 of LFW, with 0 below each ReLU", () => {
    const { ranges, source, chips: count } = readDlibRanges("shipped", shipped, weights);
    expect(Object.keys(ranges)).toEqual(activationNames());
    expect(activationNames()).toHaveLength(1 + 14 * 3);
    expect(source).toContain("pairsDevTrain");
    expect(count).toBe(512);
    for (const [name, [min, max]] of Object.entries(ranges)) {
      expect(max).toBeGreaterThan(1);
      if (name.endsWith("conv2")) expect(min).toBeLessThan(-1);
      else expect(min).toBe(0);
    }
  });

  it("are measured: those of some faces lie about within those that ship, and are read back as written", async () => {
    const calibration = await calibrateDlib(chips.slice(0, 5), "five faces");
    expect(calibration).toMatchObject({ weights, source: "five faces", chips: 10 });
    const { ranges } = readDlibRanges("shipped", shipped, weights);
    for (const name of activationNames()) {
      const [min, max] = calibration.ranges[name]!;
      expect(max).toBeGreaterThan(0.2 * ranges[name]![1]);
      expect(max).toBeLessThan(1.5 * ranges[name]![1]);
      expect(min).toBeGreaterThanOrEqual(1.5 * ranges[name]![0]);
    }
    const path = join(folder, "five.json");
    await writeDlibRanges(path, calibration);
    expect(readDlibRanges(path, await readFile(path, "utf8"), weights)).toMatchObject(calibration);
    expect((await dlibModelFile("int8", path)).model).not.toEqual((await dlibModelFile("int8")).model);
    await expect(calibrateDlib([], "nobody")).rejects.toThrow(InputError);
  });

  it.each<[string, (text: string) => string, RegExp]>([
    ["cut short", (text) => text.slice(0, 700), /x\.json \(not JSON; install facelab again, or npm run/],
    ["empty", () => "", /not JSON/],
    ["something else", () => '{"format": "other"}', /\(not facelab-dlib-ranges; /],
    ["null", () => "null", /\(not facelab-dlib-ranges; /],
    ["of another version", (text) => text.replace('"version": 1', '"version": 2'), /version 2, expected 1/],
    ["with one digit altered", (text) => text.replace("9.84499", "9.84498"), /damaged or edited/],
    ["without its hash", (text) => text.replace(/,\s*"sha256".*/, ""), /damaged or edited|not JSON/],
  ])("are refused %s", async (_, damage, message) => {
    const damaged = damage(shipped);
    expect(damaged).not.toBe(shipped);
    const path = join(folder, "x.json");
    await writeFile(path, damaged);
    await expect(dlibModelFile("int8", path)).rejects.toThrow(message);
    await expect(dlibModelFile("int8", path)).rejects.toThrow(InputError);
  });

  it("are refused of another network, with one missing or upside down, and where there is no file", async () => {
    const { format: _f, version: _v, sha256: _s, ...calibration } = JSON.parse(shipped);
    const path = join(folder, "y.json");
    const refusal = async (change: object): Promise<string> => {
      await writeDlibRanges(path, { ...calibration, ...change });
      return dlibModelFile("int8", path).then(
        () => "",
        (error: InputError) => error.message,
      );
    };
    expect(await refusal({})).toBe("");
    expect(await refusal({ weights: "ab" })).toContain(`made with the weights ab, these are ${weights}`);
    const { stem: _, ...without } = calibration.ranges;
    expect(await refusal({ ranges: without })).toContain("no range of stem");
    expect(await refusal({ ranges: { ...without, stem: [2, 1] } })).toContain("no range of stem");
    expect(await refusal({ ranges: { ...without, stem: [0, null] } })).toContain("no range of stem");
    await expect(dlibModelFile("int8", join(folder, "none.json"))).rejects.toThrow(/none\.json \(ENOENT/);
  });
});
