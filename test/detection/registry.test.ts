import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { chooseDetector, type DetectorOptions, detectors, InputError } from "facelab";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { loneCheckout } from "../support/lone-checkout.js";
import { haarCascade, itWithShared } from "../support/shared.js";
import { writeSyntheticMtcnn } from "../support/synthetic-mtcnn-weights.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const manifest = "mtcnn_model-weights_manifest.json";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("chooseDetector", () => {
  it.each(["ssd", "tiny"])("takes %s where it was asked for", async (name) => {
    const detector = await chooseDetector({ detector: name });
    expect(detector.name).toBe(name);
  });

  it.each(["mtcn", "constructor", ""])("names the detectors there are where it is %j", async (name) => {
    const error = await chooseDetector({ detector: name }).catch((reason: unknown) => reason);
    expect(error).toEqual(
      new InputError(`unknown detector: ${name} (expected mtcnn, ssd, tiny, haar, yunet)`),
    );
    expect(Object.keys(detectors)).toEqual(["mtcnn", "ssd", "tiny", "haar", "yunet"]);
  });

  it.each<[DetectorOptions, string]>([
    [{ weights: "x.json" }, "mtcnn takes"],
    [{ minFaceSize: 40 }, "mtcnn and haar take"],
    [{ scaleFactor: 0.8 }, "mtcnn and haar take"],
    [{ thresholds: [0.5, 0.6, 0.7] }, "mtcnn takes"],
  ])("refuses for ssd what only others take: %j", async (option, who) => {
    const [name] = Object.keys(option);
    await expect(chooseDetector({ detector: "ssd", ...option })).rejects.toThrow(
      new InputError(`invalid option: ${name} (only ${who} it, not ssd)`),
    );
  });

  itWithShared(haarCascade)("takes haar with its own pyramid, and refuses MTCNN's", async () => {
    const detector = await chooseDetector({ detector: "haar", minFaceSize: 40, scaleFactor: 1.2 });
    expect(detector.params).toEqual({ scaleFactor: 1.2, minNeighbors: 3, minFaceSize: 40 });
    await expect(chooseDetector({ detector: "haar", scaleFactor: 0.709 })).rejects.toThrow(
      new InputError("invalid scaleFactor: 0.709 (must be a number > 1)"),
    );
    await expect(chooseDetector({ detector: "haar", thresholds: [0.5, 0.6, 0.7] })).rejects.toThrow(
      new InputError("invalid option: thresholds (only mtcnn takes it, not haar)"),
    );
  });

  it("takes MTCNN where a weights file is given, with its options", async () => {
    const weights = await writeSyntheticMtcnn(await temporaryFolder());
    const options = { weights, minFaceSize: 40, scaleFactor: 0.8, thresholds: [0.5, 0.6, 0.7] };
    const detector = await chooseDetector(options);
    expect(detector.name).toBe("mtcnn");
    const { weights: _, ...params } = options;
    expect(detector.params).toMatchObject(params);
  });
});

describe("the weights of MTCNN", () => {
  let root: string;
  let registry: typeof import("../../src/lib/dist/detection/registry.js");
  let weights: typeof import("../../src/lib/dist/detection/mtcnn-weights.js");

  beforeAll(async () => {
    const checkout = await loneCheckout();
    root = checkout.root;
    registry = await checkout.load("detection/registry.js");
    weights = await checkout.load("detection/mtcnn-weights.js");
  });
  beforeEach(() => {
    vi.stubEnv("FACELAB_MODELS", "");
    vi.stubEnv("XDG_DATA_HOME", join(root, "data"));
  });

  it("are those that ship, whatever lies in the folders of models", async () => {
    const shipped = join(root, "main/src/lib/models/mtcnn/mtcnn-facelab-weights_manifest.json");
    const beside = join(root, "shared/models");
    await writeSyntheticMtcnn(join(beside, "mtcnn-reference"));
    vi.stubEnv("FACELAB_MODELS", beside);
    expect(weights.mtcnnWeights()).toBe(shipped);
    const detector = await registry.chooseDetector();
    expect([detector.name, detector.models[0]?.source]).toEqual(["mtcnn", shipped]);
    await rm(beside, { recursive: true });
  });

  it("are the published ones by name, from FACELAB_MODELS, ../shared/models, and where they are fetched to", async () => {
    const published = () => weights.mtcnnWeights("mtcnn-reference");
    expect(published).toThrow(
      /^mtcnn-reference is not here \(facelab models fetch mtcnn-reference downloads/,
    );
    const beside = join(root, "shared/models");
    const fetched = join(root, "data/facelab/models/mtcnn-reference");
    await writeSyntheticMtcnn(fetched);
    expect(published()).toBe(join(fetched, manifest));
    await writeSyntheticMtcnn(join(beside, "mtcnn-reference"));
    expect(published()).toBe(join(beside, "mtcnn-reference", manifest));
    const chosen = join(root, "chosen");
    await mkdir(chosen);
    vi.stubEnv("FACELAB_MODELS", chosen);
    expect(published(), "an empty folder is passed over").toBe(join(beside, "mtcnn-reference", manifest));
    await writeSyntheticMtcnn(chosen);
    expect(published()).toBe(join(chosen, manifest));
    const detector = await registry.chooseDetector({ weights: "mtcnn-reference" });
    expect(detector.models[0]?.source).toBe(join(chosen, manifest));
    vi.stubEnv("FACELAB_MODELS", "/nowhere/models");
    expect(published).toThrow(
      "FACELAB_MODELS names a folder that does not exist: /nowhere/models (unset it, or create it)",
    );
    await rm(fetched, { recursive: true });
    await rm(beside, { recursive: true });
  });

  it("are the file that was given", () => {
    expect(weights.mtcnnWeights("my/weights.json")).toBe("my/weights.json");
  });
});
