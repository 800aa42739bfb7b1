import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { onnxKernel } from "../../src/lib/dist/inference/kernel-layout.js";
import { sha256 } from "../../src/lib/dist/inference/sha256.js";
import { readTfjsWeights } from "../../src/lib/dist/inference/tfjs-weights.js";
import { temporaryFolder } from "../support/temporary-folder.js";

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

const quantization = { dtype: "uint8", scale: 0.5, min: -10 };
const entries = [
  { name: "floats", shape: [2, 2], dtype: "float32" },
  { name: "bytes", shape: [3], dtype: "float32", quantization },
  { name: "one", shape: [], dtype: "float32" },
];
const bytes = Buffer.concat([
  Buffer.from(Float32Array.of(1, -2, 3.5, 1e-9).buffer),
  Buffer.of(0, 100, 255),
  Buffer.from(Float32Array.of(42).buffer),
]);

let files = 0;
/** A manifest with its shards: the bytes cut at the given places, so that tensors go over the cuts. */
async function write(content: unknown, shards: Record<string, Uint8Array>): Promise<string> {
  const path = join(folder, `${files++}-weights_manifest.json`);
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  for (const [name, data] of Object.entries(shards)) await writeFile(join(folder, name), data);
  return path;
}

async function failure(path: string): Promise<string> {
  const error = await readTfjsWeights(path).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  return (error as Error).message;
}

describe("readTfjsWeights", () => {
  it("reads float32 and 8-bit tensors, also over the border of two shards", async () => {
    const shards = { "a-1": bytes.subarray(0, 6), "a-2": bytes.subarray(6, 18), "a-3": bytes.subarray(18) };
    const path = await write([{ paths: Object.keys(shards), weights: entries }], shards);
    const file = await readTfjsWeights(path);
    expect(file.path).toBe(path);
    expect(file.sha256).toBe(sha256(bytes));
    expect(Array.from(file.get("floats", [2, 2]).data)).toEqual([1, -2, 3.5, Math.fround(1e-9)]);
    expect(Array.from(file.get("bytes", [3]).data)).toEqual([-10, 40, 117.5]);
    expect(Array.from(file.get("one", []).data)).toEqual([42]);
  });

  it("reads float16, and checks the sha256 that a manifest names", async () => {
    // 1, -2, the smallest number there is, and the largest: bits from IEEE 754's table of binary16.
    const halves = Buffer.from(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff).buffer);
    const weights = [
      {
        name: "h",
        shape: [4],
        dtype: "float32",
        quantization: { dtype: "float16", original_dtype: "float32" },
      },
    ];
    const path = await write([{ paths: ["h"], sha256: sha256(halves), weights }], { h: halves });
    const file = await readTfjsWeights(path);
    expect(Array.from(file.get("h", [4]).data)).toEqual([1, -2, 2 ** -24, 65504]);
    const damaged = Buffer.from(halves);
    damaged[2] = 1;
    await writeFile(join(folder, "h"), damaged);
    expect(await failure(path)).toBe(
      `weights file ${join(folder, "h")} is damaged: its sha256 is ${sha256(damaged)} ` +
        `(its manifest says ${sha256(halves)}; get both files anew)`,
    );
  });

  it("refuses a name that is not there, and another shape", async () => {
    const path = await write([{ paths: ["b"], weights: entries }], { b: bytes });
    const file = await readTfjsWeights(path);
    expect(() => file.get("float", [2, 2])).toThrow(
      new InputError(`weights file ${path} has no tensor float`),
    );
    expect(() => file.get("floats", [4])).toThrow(
      new InputError(`weights file ${path}: floats is 2x2 (expected 4)`),
    );
  });

  it("refuses shards that are missing, too short or too long", async () => {
    const manifest = [{ paths: ["c"], weights: entries }];
    const missing = await write(manifest, {});
    expect(await failure(missing)).toBe(`cannot read weights: ${join(folder, "c")} (no such file)`);
    const short = await write(manifest, { c: bytes.subarray(0, -1) });
    expect(await failure(short)).toBe(`weights file ${short} is cut short: one ends at byte 23 of 22`);
    const long = await write(manifest, { c: Buffer.concat([bytes, Buffer.of(0, 0)]) });
    expect(await failure(long)).toBe(`weights file ${long}: 2 bytes are left over after the last tensor`);
  });

  it("refuses a manifest that is none", async () => {
    expect(await failure(join(folder, "nowhere.json"))).toContain("nowhere.json (no such file)");
    expect(await failure(await write("{", {}))).toContain("(not JSON)");
    for (const content of [{}, null, [{}], [null], [{ paths: ["c"] }], "7"]) {
      expect(await failure(await write(content, {}))).toContain("(not a tensorflow.js weights manifest)");
    }
    const int32 = [{ name: "n", shape: [1], dtype: "int32" }];
    const path = await write([{ paths: ["d"], weights: int32 }], { d: Buffer.alloc(4) });
    expect(await failure(path)).toBe(
      `weights file ${path}: n is stored as int32 (expected float32, float16, uint8)`,
    );
  });

  it("never leaves the manifest's folder", async () => {
    const path = await write([{ paths: ["../../../etc/hostname"], weights: [] }], {
      hostname: Buffer.alloc(0),
    });
    expect((await readTfjsWeights(path)).sha256).toBe(sha256(Buffer.alloc(0)));
  });
});

describe("onnxKernel", () => {
  // The value spells its place: height, width, in, out.
  const shape = [2, 3, 4, 5];
  const value = (y: number, x: number, i: number, o: number) => 1000 * y + 100 * x + 10 * i + o;
  const data: number[] = [];
  for (let y = 0; y < 2; y++)
    for (let x = 0; x < 3; x++)
      for (let i = 0; i < 4; i++) for (let o = 0; o < 5; o++) data.push(value(y, x, i, o));
  const weight = { shape, data: Float32Array.from(data) };

  it("puts outputs first, then inputs, then rows, then columns", () => {
    const kernel = onnxKernel(weight);
    expect(kernel.dims).toEqual([5, 4, 2, 3]);
    expect(kernel.data[((3 * 4 + 2) * 2 + 1) * 3 + 2]).toBe(value(1, 2, 2, 3));
    const factor = Float32Array.of(1, 1, 1, 2, 1);
    expect(onnxKernel(weight, { factor }).data[((3 * 4 + 2) * 2 + 1) * 3 + 2]).toBe(2 * value(1, 2, 2, 3));
  });

  it("exchanges rows and columns of a square kernel", () => {
    const square = { shape: [2, 2, 1, 1], data: Float32Array.of(1, 2, 3, 4) };
    expect(Array.from(onnxKernel(square).data)).toEqual([1, 2, 3, 4]);
    expect(Array.from(onnxKernel(square, { transposed: true }).data)).toEqual([1, 3, 2, 4]);
  });
});
