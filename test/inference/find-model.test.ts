import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { findModel, InputError, loadModelFiles, modelEntry, modelFolders, modelStatus } from "facelab";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { loneCheckout } from "../support/lone-checkout.js";
import { itWithShared, sharedPath } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

const nowhere = "FACELAB_MODELS names a folder that does not exist: /nowhere/models (unset it, or create it)";

/** Files of the names that a model has, with other content. */
async function pretend(folder: string, ...names: readonly string[]): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths = names.map((name) => join(folder, name));
  for (const path of paths) await writeFile(path, "other bytes");
  return paths;
}

describe("models that ship", () => {
  it.each(["face_recognition_model", "face_expression_model", "mtcnn-facelab"])(
    "are found without being looked for: %s",
    async (name) => {
      vi.stubEnv("FACELAB_MODELS", await temporaryFolder());
      const files = await loadModelFiles(name);
      expect(files.map(({ path }) => path)).toEqual(findModel(name));
      expect(files.map(({ path }) => basename(path))).toEqual(
        modelEntry(name).files.map((file) => file.name),
      );
      for (const [i, { path, bytes, sha256 }] of files.entries()) {
        expect(Buffer.from(bytes).equals(await readFile(path))).toBe(true);
        expect(sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
        expect(sha256).toBe(modelEntry(name).files[i]!.sha256);
      }
      expect(await modelStatus(name)).toEqual({ kind: "here", paths: findModel(name) });
    },
  );
});

describe("FACELAB_MODELS", () => {
  it("is the first of the folders, and an error where it does not exist", async () => {
    const folder = await temporaryFolder();
    vi.stubEnv("FACELAB_MODELS", folder);
    const chosen = modelFolders();
    vi.stubEnv("FACELAB_MODELS", "");
    expect(chosen).toEqual([folder, ...modelFolders()]);
    vi.stubEnv("FACELAB_MODELS", "/nowhere/models");
    expect(() => modelFolders()).toThrow(new InputError(nowhere));
    expect(() => findModel("yunet")).toThrow(new InputError(nowhere));
    await expect(loadModelFiles("yunet")).rejects.toThrow(new InputError(nowhere));
    await expect(modelStatus("yunet")).rejects.toThrow(new InputError(nowhere));
  });

  it("may hold a wrong file, which is never loaded, whatever other folders hold", async () => {
    const folder = await temporaryFolder();
    vi.stubEnv("FACELAB_MODELS", folder);
    const [path] = await pretend(join(folder, "mobilefacenet"), "MobileFaceNet.onnx");
    expect(findModel("mobilefacenet")).toEqual([path]);
    const found = createHash("sha256").update("other bytes").digest("hex");
    const expected = modelEntry("mobilefacenet").files[0]!.sha256;
    const problem =
      `wrong file: ${path} has sha256 ${found} (expected ${expected}; ` +
      "move it away, then facelab models fetch mobilefacenet)";
    await expect(loadModelFiles("mobilefacenet")).rejects.toThrow(new InputError(problem));
    expect(await modelStatus("mobilefacenet")).toEqual({ kind: "wrong", problem });
  });

  it("may hold what cannot be read", async () => {
    const folder = await temporaryFolder();
    vi.stubEnv("FACELAB_MODELS", folder);
    const path = join(folder, "yunet/yunet_n_dynamic.onnx");
    await mkdir(path, { recursive: true });
    await expect(loadModelFiles("yunet")).rejects.toThrow(InputError);
    await expect(loadModelFiles("yunet")).rejects.toThrow(`cannot read ${path} (EISDIR`);
  });
});

it("says which models there are where the name is unknown", async () => {
  expect(() => findModel("foo")).toThrow(/^unknown model: foo \(expected face_recognition_model, /);
  await expect(loadModelFiles("foo")).rejects.toThrow(/^unknown model: foo/);
  await expect(modelStatus("foo")).rejects.toThrow(/^unknown model: foo/);
});

describe("a checkout without any of them", () => {
  let root: string;
  let own: typeof import("../../src/lib/dist/inference/find-model.js");
  let status: typeof import("../../src/lib/dist/inference/model-status.js");
  const beside = (...path: string[]) => join(root, "shared/models", ...path);
  const fetched = (...path: string[]) => join(root, "data/facelab/models", ...path);

  beforeAll(async () => {
    const checkout = await loneCheckout();
    root = checkout.root;
    own = await checkout.load("inference/find-model.js");
    status = await checkout.load("inference/model-status.js");
  });
  beforeEach(async () => {
    vi.stubEnv("FACELAB_MODELS", "");
    vi.stubEnv("XDG_DATA_HOME", join(root, "data"));
    for (const folder of [beside(), fetched()]) await rm(folder, { recursive: true, force: true });
  });

  it("looks beside itself, and where models are fetched to", () => {
    expect(own.modelFolders()).toEqual([beside(), fetched()]);
  });

  it.each([
    ["mobilefacenet", "4.0 MB, Apache-2.0"],
    ["mtcnn-reference", "2.0 MB, MIT (face-api.js)"],
    ["yunet", "0.3 MB, Apache-2.0"],
    ["haarcascade", `0.9 MB, ${modelEntry("haarcascade").licence}`],
  ])("says how to get %s", async (name, what) => {
    expect(own.findModel(name)).toBeUndefined();
    const problem = `${name} is not here (facelab models fetch ${name} downloads ${what}; or set FACELAB_MODELS)`;
    await expect(own.loadModelFiles(name)).rejects.toThrow(problem);
    await expect(own.loadModelFiles(name)).rejects.toMatchObject({ name: "InputError" });
    expect(await status.modelStatus(name)).toEqual({ kind: "missing", problem });
  });

  it("says which of several files is missing", async () => {
    await pretend(fetched("mtcnn-reference"), "mtcnn_model-weights_manifest.json");
    expect(own.findModel("mtcnn-reference")).toBeUndefined();
    await expect(own.loadModelFiles("mtcnn-reference")).rejects.toThrow(
      `mtcnn-reference is not complete: no ${fetched("mtcnn-reference/mtcnn_model-shard1")} (facelab models fetch`,
    );
  });

  it("looks into the model's folder first, then where another model has its files, then into the folder itself", async () => {
    const name = "yunet_s_640_640.onnx";
    for (const folder of [fetched(), fetched("yunet"), fetched("yunet-640"), beside(), beside("yunet")]) {
      const paths = await pretend(folder, name);
      expect(own.findModel("yunet-640")).toEqual(paths);
    }
    await pretend(fetched(), "haarcascade_frontalface_default.xml");
    expect(own.findModel("haarcascade")).toEqual([fetched("haarcascade_frontalface_default.xml")]);
    const chosen = join(root, "chosen");
    vi.stubEnv("FACELAB_MODELS", chosen);
    expect(await pretend(join(chosen, "yunet-640"), name)).toEqual(own.findModel("yunet-640"));
  });

  it("says what to do about a file that ships and is gone or another", async () => {
    const path = join(root, "main/src/lib/models/mtcnn/mtcnn-facelab.bin");
    await writeFile(path, "other bytes");
    await expect(own.loadModelFiles("mtcnn-facelab")).rejects.toThrow(
      /^wrong file: .*\/mtcnn-facelab\.bin has sha256 \w{64} \(expected \w{64}; it comes with facelab; get that again\)$/,
    );
    await rm(path);
    await expect(own.loadModelFiles("mtcnn-facelab")).rejects.toThrow(
      `mtcnn-facelab is not complete: no ${path} (it comes with facelab; get that again)`,
    );
  });

  it("never takes one file from here and one from there", async () => {
    await pretend(beside("mtcnn-reference"), "mtcnn_model-shard1");
    await pretend(fetched("mtcnn-reference"), "mtcnn_model-weights_manifest.json");
    expect(own.findModel("mtcnn-reference")).toBeUndefined();
  });

  itWithShared("models/yunet/yunet_n_dynamic.onnx")("loads what was put there", async () => {
    await mkdir(fetched("yunet"), { recursive: true });
    const path = fetched("yunet/yunet_n_dynamic.onnx");
    await copyFile(sharedPath("models/yunet/yunet_n_dynamic.onnx"), path);
    const [file] = await own.loadModelFiles("yunet");
    expect(file).toMatchObject({ path, sha256: modelEntry("yunet").files[0]!.sha256 });
    expect(file!.bytes).toHaveLength(322_906);
  });
});

itWithShared(
  "models/mobilefacenet/MobileFaceNet.onnx",
  "models/mtcnn-reference/mtcnn_model-shard1",
  "models/mtcnn-reference/mtcnn_model-weights_manifest.json",
  "models/yunet/yunet_n_dynamic.onnx",
  "models/yunet/yunet_s_640_640.onnx",
  "models/haarcascade/haarcascade_frontalface_default.xml",
)("loads every model of ../shared", async () => {
  vi.stubEnv("FACELAB_MODELS", "");
  for (const name of ["mobilefacenet", "mtcnn-reference", "yunet", "yunet-640", "haarcascade"]) {
    const files = await loadModelFiles(name);
    expect(files.map(({ sha256 }) => sha256)).toEqual(modelEntry(name).files.map(({ sha256 }) => sha256));
    for (const { path } of files) expect(path.startsWith(sharedPath("models"))).toBe(true);
  }
});
