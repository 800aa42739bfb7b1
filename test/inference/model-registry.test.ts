import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  fetchModel,
  findModel,
  InputError,
  type ModelEntry,
  modelEntry,
  models,
  mtcnnFiles,
  shippedMtcnnWeights,
} from "facelab";
import { describe, expect, it } from "vitest";
import { itWithShared, sharedPath } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(new URL("../../src/lib/dist/index.js", import.meta.url));
const faceApi = dirname(require.resolve("@vladmandic/face-api/package.json"));

/** Where the files lie that ship, found without the code under test. */
const shipped = ({ name }: ModelEntry): string =>
  name === "mtcnn-facelab" ? join(root, "src/lib/models/mtcnn") : join(faceApi, "model");

const sharedFiles: Readonly<Record<string, readonly string[]>> = {
  "mtcnn-reference": [
    "models/mtcnn-reference/mtcnn_model-shard1",
    "models/mtcnn-reference/mtcnn_model-weights_manifest.json",
  ],
  mobilefacenet: ["models/mobilefacenet/MobileFaceNet.onnx"],
  yunet: ["models/yunet/yunet_n_dynamic.onnx"],
  "yunet-640": ["models/yunet/yunet_s_640_640.onnx"],
  haarcascade: ["models/haarcascade/haarcascade_frontalface_default.xml"],
};

async function expectRegistered(entry: ModelEntry, paths: readonly string[]): Promise<void> {
  for (const [i, path] of paths.entries()) {
    const bytes = await readFile(path);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect({ path, sha256, bytes: bytes.length }).toEqual({
      path,
      sha256: entry.files[i]!.sha256,
      bytes: entry.files[i]!.bytes,
    });
  }
}

describe("the registry", () => {
  it("has each of the models once", () => {
    expect(models.map(({ name }) => name)).toEqual([
      "face_recognition_model",
      "ssd_mobilenetv1_model",
      "tiny_face_detector_model",
      "face_landmark_68_model",
      "age_gender_model",
      "face_expression_model",
      "mtcnn-facelab",
      "mtcnn-reference",
      "mobilefacenet",
      "yunet",
      "yunet-640",
      "haarcascade",
    ]);
  });

  it.each(models.map((entry) => [entry.name, entry] as const))(
    "says all there is to say of %s",
    (_, entry) => {
      expect(entry.files.length).toBeGreaterThan(0);
      for (const file of entry.files) {
        expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(file.bytes).toBeGreaterThan(0);
        // A branch's name would be another file next year.
        if (entry.ships) expect(file.urls).toEqual([]);
        else expect(file.urls.length).toBeGreaterThan(0);
        for (const url of file.urls) {
          expect(url).toMatch(
            /^https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/([0-9a-f]{40}|\d+\.\d+\.\d+)\//,
          );
          expect(url.endsWith(`/${file.name}`)).toBe(true);
          expect(url.startsWith(entry.source)).toBe(true);
        }
      }
      expect(["allowed", "not allowed", "unclear"]).toContain(entry.commercialUse);
      const { source, licence, commercialReason, trainedOn, lfwOverlap, published } = entry;
      for (const text of [source, licence, commercialReason, trainedOn, lfwOverlap, published]) {
        expect(text).toMatch(/\S{3}.*[^.\s]$/);
      }
    },
  );

  it.each(models.filter(({ ships }) => ships).map((entry) => [entry.name, entry] as const))(
    "has the sha256 and the size of %s as it is installed",
    (_, entry) =>
      expectRegistered(
        entry,
        entry.files.map((file) => join(shipped(entry), file.name)),
      ),
  );

  it("names the version of face-api that is installed, which the lockfile pins", () => {
    const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
    const { version } = JSON.parse(readFileSync(join(faceApi, "package.json"), "utf8"));
    expect(lock.packages["node_modules/@vladmandic/face-api"].version).toBe(version);
    const sources = models.map(({ source }) => source).filter((source) => source.startsWith("npm:"));
    expect(new Set(sources)).toEqual(new Set([`npm:@vladmandic/face-api@${version}/model`]));
    expect(sources).toHaveLength(6);
  });

  for (const [name, paths] of Object.entries(sharedFiles)) {
    itWithShared(...paths)(`has the sha256 and the size of ${name} as it was published`, () =>
      expectRegistered(modelEntry(name), paths.map(sharedPath)),
    );
  }

  it("is where MTCNN's weights are known from", () => {
    expect(mtcnnFiles).toBe(modelEntry("mtcnn-reference").files);
    expect(findModel("mtcnn-facelab")?.at(-1)).toBe(shippedMtcnnWeights);
  });
});

describe("modelEntry", () => {
  it("looks a model up", () => {
    expect(modelEntry("yunet")).toBe(models.find(({ name }) => name === "yunet"));
  });

  it.each(["foo", "", "constructor", "YuNet"])("names the models there are where it is %j", (name) => {
    const names = models.map((model) => model.name).join(", ");
    expect(() => modelEntry(name)).toThrow(new InputError(`unknown model: ${name} (expected ${names})`));
  });
});

describe("fetchModel", () => {
  itWithShared(...sharedFiles["yunet-640"]!)("puts a model into a folder of its name", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "mine"));
    await copyFile(sharedPath(sharedFiles["yunet-640"]![0]!), join(folder, "mine/yunet_s_640_640.onnx"));
    const paths = await fetchModel("yunet-640", { from: join(folder, "mine") }, join(folder, "models"));
    expect(paths).toEqual([join(folder, "models/yunet-640/yunet_s_640_640.onnx")]);
    await expectRegistered(modelEntry("yunet-640"), paths);
  });

  it("refuses what ships, what is unknown, and other bytes", async () => {
    const folder = await temporaryFolder();
    await expect(fetchModel("mtcnn-facelab", {}, folder)).rejects.toThrow(
      new InputError("nothing to download: mtcnn-facelab (it comes with facelab)"),
    );
    await expect(fetchModel("foo", {}, folder)).rejects.toThrow(/^unknown model: foo \(expected face_rec/);
    await writeFile(join(folder, "yunet_n_dynamic.onnx"), "other bytes");
    await expect(fetchModel("yunet", { from: folder }, folder)).rejects.toThrow(
      /^wrong file: .*expected 104ee26c/,
    );
    expect(findModel("yunet") ?? []).not.toContain(join(folder, "yunet/yunet_n_dynamic.onnx"));
  });
});
