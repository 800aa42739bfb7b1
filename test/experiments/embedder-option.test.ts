import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readNpz, shippedMtcnnWeights } from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { tinyOnnx } from "../support/tiny-onnx.js";
import { writeFacePhoto } from "./face-photos.js";
import { type CliRun, runCli } from "./run-cli.js";

/** Three people in three photos each, and a network for 32 pixels whose vectors have 6 numbers. */
let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  for (const who of ["left", "middle", "right"] as const) {
    for (const variant of ["plain", "dark", "mirrored"] as const) {
      await writeFacePhoto(join(folder, "people", who, `${variant}.jpg`), who, variant);
    }
  }
  await writeFile(join(folder, "tiny.onnx"), tinyOnnx({ size: 32, dimensions: 6, layout: "NHWC" }).bytes);
  await writeFile(
    join(folder, "tiny.json"),
    JSON.stringify({
      input: { size: 32, layout: "NHWC", colour: "BGR", mean: 127.5, scale: 128 },
      alignment: "arcface",
      normalise: true,
    }),
  );
});

const tiny = ["--embedder", "tiny.onnx"];
const facelab = (...args: string[]): Promise<CliRun> => runCli(args, { cwd: folder });

describe("--embedder", () => {
  it("goes through encode, eval, train and recognise, each with its name", async () => {
    const encoded = await facelab("encode", "people", ...tiny, "-o", "encodings.npz");
    expect(encoded).toMatchObject({ code: 0, stderr: "" });
    expect(encoded.stdout).toContain("tiny");
    const { X } = await readNpz(join(folder, "encodings.npz"));
    expect(X?.shape).toEqual([9, 6]);

    const evaluated = await facelab(
      "eval",
      "--dataset",
      "people",
      ...tiny,
      "--classifiers",
      "knn",
      "--no-report",
    );
    expect(evaluated.code, evaluated.stderr).toBe(0);
    expect(evaluated.stdout).toMatch(/knn +\|/);

    expect(await facelab("train", "people", ...tiny, "-o", "model.json")).toMatchObject({ code: 0 });
    const photo = join("people", "left", "plain.jpg");
    const named = await facelab("recognise", photo, "--model", "model.json", ...tiny, "--no-cache");
    expect(named.code, named.stderr).toBe(0);
    const other = await facelab("recognise", photo, "--model", "model.json");
    expect(other.code).toBe(1);
    expect(other.stderr).toContain("tiny");
  });

  it("cuts faces out in its size, which embed then takes, and dlib's network does not", async () => {
    expect((await facelab("extract", "people", ...tiny, "-o", "faces.npz")).code).toBe(0);
    expect(await facelab("embed", "faces.npz", ...tiny, "-o", "own.npz")).toMatchObject({
      code: 0,
      stderr: "",
    });
    const refused = await facelab("embed", "faces.npz", "-o", "dlib.npz");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("32");
  });

  it("has no threshold of its own to verify by", async () => {
    // Named, so that nothing is said of weights that are not here.
    const weights = ["--weights", shippedMtcnnWeights];
    const pair = ["plain", "dark"].map((name) => join("people", "left", `${name}.jpg`));
    const refused = await facelab("verify", ...pair, ...tiny, ...weights);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toBe(
      "facelab: no threshold is known for tiny (give the least cosine similarity of one person: minCosine, --threshold)\n",
    );
    const given = await facelab("verify", ...pair, ...tiny, ...weights, "--threshold", "0.5");
    expect(given.code, given.stderr).toBe(0);
    expect(given.stdout).toMatch(
      /^(same person|different people)\ncosine similarity .*\nthreshold: similarity >= 0.5 \(given; .*\)\n$/,
    );
    const json = JSON.parse(
      (await facelab("verify", ...pair, ...tiny, ...weights, "--threshold", "0.5", "--json")).stdout,
    );
    expect(json).toMatchObject({ minCosine: 0.5, rates: null });
    expect(json).not.toHaveProperty("strict");
  });

  it("is refused by name where it cannot be used", async () => {
    const unknown = await facelab("encode", "people", "--embedder", "arcface");
    expect(unknown).toMatchObject({ code: 1 });
    expect(unknown.stderr).toBe(
      "facelab: unknown embedder: arcface (expected dlib, mobilefacenet, or a file that ends with .onnx)\n",
    );
  });
});
