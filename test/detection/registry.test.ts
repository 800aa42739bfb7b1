import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { chooseDetector, type DetectorOptions, detectors, findMtcnnWeights, InputError } from "facelab";
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
  it.each(["ssd", "tiny"])("takes %s where it was asked for, without a notice", async (name) => {
    const { detector, notice } = await chooseDetector({ detector: name });
    expect(detector.name).toBe(name);
    expect(notice).toBeUndefined();
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
    const { detector } = await chooseDetector({ detector: "haar", minFaceSize: 40, scaleFactor: 1.2 });
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
    const { detector, notice } = await chooseDetector(options);
    expect(detector.name).toBe("mtcnn");
    expect(notice).toBeUndefined();
    const { weights: _, ...params } = options;
    expect(detector.params).toEqual(params);
  });
});

describe("FACELAB_MODELS", () => {
  it("is looked into first: mtcnn-reference/ inside of it, then the folder itself", async () => {
    const folder = await temporaryFolder();
    vi.stubEnv("FACELAB_MODELS", folder);
    await writeSyntheticMtcnn(folder);
    expect(findMtcnnWeights()).toBe(join(folder, manifest));
    await writeSyntheticMtcnn(join(folder, "mtcnn-reference"));
    expect(findMtcnnWeights()).toBe(join(folder, "mtcnn-reference", manifest));
    const { detector } = await chooseDetector();
    expect(detector.models[0]?.source).toBe(join(folder, "mtcnn-reference", manifest));
  });

  it("is an error where it names a folder that does not exist", async () => {
    vi.stubEnv("FACELAB_MODELS", "/nowhere/models");
    const message =
      "FACELAB_MODELS names a folder that does not exist: /nowhere/models (unset it, or create it)";
    expect(() => findMtcnnWeights()).toThrow(new InputError(message));
    await expect(chooseDetector()).rejects.toThrow(message);
    await expect(chooseDetector({ detector: "mtcnn" })).rejects.toThrow(message);
  });
});

describe("a checkout without the published weights", () => {
  let root: string;
  let registry: typeof import("../../src/lib/dist/detection/registry.js");
  let lookUp: typeof import("../../src/lib/dist/detection/mtcnn-weights.js");
  const folders = () => ({ own: join(root, "main/src/lib/models"), beside: join(root, "shared/models") });

  beforeAll(async () => {
    const checkout = await loneCheckout();
    root = checkout.root;
    registry = await checkout.load("detection/registry.js");
    lookUp = await checkout.load("detection/mtcnn-weights.js");
  });
  beforeEach(() => {
    vi.stubEnv("FACELAB_MODELS", "");
    vi.stubEnv("XDG_DATA_HOME", join(root, "data"));
  });

  it("takes the weights that ship, and says that they are interim", async () => {
    expect(lookUp.findMtcnnWeights()).toBe(lookUp.shippedMtcnnWeights);
    const { detector, notice } = await registry.chooseDetector();
    expect(detector.name).toBe("mtcnn");
    expect(detector.models[0]?.source).toBe(join(folders().own, "mtcnn/mtcnn-facelab-weights_manifest.json"));
    expect(notice).toBe(
      "MTCNN runs with facelab's own weights, which are interim: a little weaker than the published ones (facelab fetch mtcnn gets those)",
    );
    const { notice: none } = await registry.chooseDetector({ weights: lookUp.shippedMtcnnWeights });
    expect(none, "they were asked for").toBeUndefined();
  });

  it("looks for the published ones in FACELAB_MODELS, ../shared/models, and where they are fetched to", async () => {
    const { beside } = folders();
    const fetched = join(root, "data/facelab/models/mtcnn-reference");
    await writeSyntheticMtcnn(fetched);
    expect(lookUp.findMtcnnWeights()).toBe(join(fetched, manifest));
    await writeSyntheticMtcnn(join(beside, "mtcnn-reference"));
    expect(lookUp.findMtcnnWeights()).toBe(join(beside, "mtcnn-reference", manifest));
    const chosen = join(root, "chosen");
    await mkdir(chosen);
    vi.stubEnv("FACELAB_MODELS", chosen);
    expect(lookUp.findMtcnnWeights(), "an empty folder is passed over").toBe(
      join(beside, "mtcnn-reference", manifest),
    );
    await writeSyntheticMtcnn(chosen);
    expect(lookUp.findMtcnnWeights()).toBe(join(chosen, manifest));
    const { detector, notice } = await registry.chooseDetector();
    expect([detector.name, notice]).toEqual(["mtcnn", undefined]);
    await rm(fetched, { recursive: true });
    await rm(beside, { recursive: true });
  });
});
