import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  chooseEmbedder,
  createRandom,
  type EmbedderDescription,
  encodeFolder,
  facePipeline,
  InputError,
  nearestNeighbours,
} from "facelab";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describedAligner } from "../../src/lib/dist/pipeline/choose-embedder.js";
import { loneCheckout } from "../support/lone-checkout.js";
import { describedMobileFaceNet, mobileFaceNet } from "../support/mobilefacenet.js";
import { itWithShared, mtcnnManifest, sharedPath } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { noisyChips, tinyOnnx } from "../support/tiny-onnx.js";

const description: EmbedderDescription = {
  input: { size: 32, layout: "NCHW", colour: "RGB", mean: 0, scale: 255 },
  alignment: "arcface",
  normalise: true,
};

afterEach(() => {
  vi.unstubAllEnvs();
});

let path: string;
beforeEach(async () => {
  path = join(await temporaryFolder(), "tiny.onnx");
  await writeFile(path, tinyOnnx({ size: 32, batch: 1 }).bytes);
  await writeFile(path.replace(/onnx$/, "json"), JSON.stringify(description));
});

describe("chooseEmbedder", () => {
  it.each([undefined, "dlib"])("takes dlib's network for %s, with its options", async (name) => {
    const { embedder, precision, notices } = await chooseEmbedder({ embedder: name, mirror: false });
    expect(embedder).toMatchObject({
      name: "dlib",
      params: { mirror: false },
      aligner: { name: "dlib-150" },
    });
    expect([precision, notices]).toEqual(["fp32", []]);
  });

  it("takes an ONNX file with the aligner that its description asks for", async () => {
    const { embedder } = await chooseEmbedder({ embedder: path, engine: "onnxruntime-node", threads: 1 });
    expect(embedder).toMatchObject({
      name: "tiny",
      dimensions: 4,
      params: { mirror: true, normalise: true },
      aligner: { name: "arcface-32", size: 32 },
    });
    const [vector] = await embedder.embed(noisyChips(1, 32));
    expect(Math.hypot(...vector!)).toBeCloseTo(1, 5);
  });

  it.each([
    [{ engine: "face-api" }, "invalid engine: face-api (an .onnx file takes onnx, onnxruntime-node, "],
    [{ precision: "int8" }, "invalid precision: int8 (only dlib's network has others than fp32)"],
    [{ precision: "auto" }, "invalid precision: auto (only"],
    [{ threads: 0 }, "invalid threads: 0"],
  ])("refuses %o for it", async (options, message) => {
    const error = await chooseEmbedder({ embedder: path, ...options }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(message);
  });

  it("names what is missing", async () => {
    await expect(chooseEmbedder({ embedder: "facenet" })).rejects.toThrow(
      new InputError(
        "unknown embedder: facenet (expected dlib, mobilefacenet, or a file that ends with .onnx)",
      ),
    );
    await expect(chooseEmbedder({ embedder: "nowhere.onnx" })).rejects.toThrow(
      new InputError("cannot read embedder: nowhere.onnx (no such file)"),
    );
    const alone = join(await temporaryFolder(), "alone.onnx");
    await writeFile(alone, tinyOnnx().bytes);
    await expect(chooseEmbedder({ embedder: alone })).rejects.toThrow(/^no description of the embedder: /);
  });
});

describe("describedAligner", () => {
  const landmarks = [10, 22, 16, 11, 21].map((x, i) => [x, [12, 12, 18, 24, 24][i]!] as const);

  it("puts its points where the description says, and is known by them", () => {
    const aligner = describedAligner({ ...description, alignment: { landmarks } });
    expect(aligner).toMatchObject({ name: "own-32", size: 32, params: { landmarks: landmarks.flat() } });
  });

  it("knows dlib's chips in one size only", () => {
    const input = { ...description.input, size: 150 };
    expect(describedAligner({ ...description, alignment: "dlib", input }).name).toBe("dlib-150");
    expect(() => describedAligner({ ...description, alignment: "dlib" })).toThrow(
      "invalid size: 32 (dlib's chips have 150 pixels; give five points)",
    );
  });
});

describe("a network of the registry", () => {
  itWithShared(mobileFaceNet)("is known by its name, and equals its file with a description", async () => {
    const { embedder } = await chooseEmbedder({ embedder: "mobilefacenet" });
    const { embedder: same } = await chooseEmbedder({ embedder: await describedMobileFaceNet() });
    expect(embedder).toMatchObject({
      name: "mobilefacenet",
      dimensions: 128,
      aligner: { name: "arcface-112" },
    });
    const chips = noisyChips(2, 112);
    expect(await embedder.embed(chips)).toEqual(await same.embed(chips));
    expect(embedder.models.map(({ sha256 }) => sha256)).toEqual(same.models.map(({ sha256 }) => sha256));
  });

  it("is asked for by the command that gets it where it is not here", async () => {
    vi.stubEnv("XDG_DATA_HOME", await temporaryFolder());
    vi.stubEnv("FACELAB_MODELS", "");
    const { load } = await loneCheckout();
    const alone = await load<{ chooseEmbedder: typeof chooseEmbedder }>("pipeline/choose-embedder.js");
    await expect(alone.chooseEmbedder({ embedder: "mobilefacenet" })).rejects.toThrow(
      /^mobilefacenet is not here \(facelab models fetch mobilefacenet downloads 4\.0 MB, Apache-2\.0; /,
    );
  });
});

describe("MobileFaceNet", { timeout: 180_000 }, () => {
  itWithShared(
    mobileFaceNet,
    mtcnnManifest,
    "data/celebrities-5",
  )("tells the five celebrities apart, in the threads of a pool too", async () => {
    const pipeline = await facePipeline({
      embedder: await describedMobileFaceNet(),
      weights: sharedPath(mtcnnManifest),
      cache: false,
      workers: 2,
    });
    const { set } = await encodeFolder(sharedPath("data/celebrities-5"), { pipeline });
    await pipeline.pool?.close();
    const samples = (part: string) =>
      set.photos.flatMap((photo) =>
        photo.kind === "face" && photo.part === part
          ? [{ embedding: photo.embedding, label: photo.label }]
          : [],
      );
    const [train, test] = [samples("train"), samples("test")];
    expect([train.length, test.length]).toEqual([93, 25]);
    expect(train[0]!.embedding).toHaveLength(128);
    const model = await nearestNeighbours({ nNeighbors: 1 }).fit(train, createRandom(0));
    const right = test.filter(({ embedding, label }) => {
      const answer = model.predict(embedding);
      return answer.kind === "person" && answer.label === label;
    });
    expect(right.length).toBeGreaterThanOrEqual(24);
  });
});
