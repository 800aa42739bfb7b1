import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromHalf, InputError, type NpyArray, readNpz, toHalf, writeNpz } from "facelab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { itWithNumpy, numpyPython } from "../support/shared.js";

const reference = join(import.meta.dirname, "../reference/datasets");
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "facelab npz "));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const samples: Record<string, NpyArray> = {
  uint8: { shape: [2, 3], dtype: "uint8", data: Uint8Array.of(0, 1, 2, 3, 4, 5) },
  bool: { shape: [3], dtype: "bool", data: Uint8Array.of(1, 0, 1) },
  float16: { shape: [4], dtype: "float16", data: Float32Array.of(0, 1, -65504, 0.5) },
  float32: { shape: [2, 2], dtype: "float32", data: Float32Array.of(0.1, -2.5, 3e38, Number.NaN) },
  float64: { shape: [3], dtype: "float64", data: Float64Array.of(0.1, Math.PI, Number.NEGATIVE_INFINITY) },
  int32: { shape: [3], dtype: "int32", data: Int32Array.of(-(2 ** 31), 0, 2 ** 31 - 1) },
  int64: { shape: [2], dtype: "int64", data: [-(2 ** 53) + 1, 2 ** 53 - 1] },
  unicode: { shape: [4], dtype: "unicode", data: ["Zoë", "", "山田 太郎", "👩‍🔬 x"] },
  scalar: { shape: [], dtype: "float32", data: Float32Array.of(1.5) },
  text_scalar: { shape: [], dtype: "unicode", data: ["lfw"] },
  empty: { shape: [0, 128], dtype: "float32", data: new Float32Array(0) },
  no_text: { shape: [0], dtype: "unicode", data: [] },
  cube: { shape: [2, 3, 4], dtype: "float64", data: Float64Array.from({ length: 24 }, (_, i) => i) },
  größe: { shape: [1], dtype: "uint8", data: Uint8Array.of(1) },
};

test("what is written is what is read", async () => {
  const path = join(dir, "all 人.npz");
  await writeNpz(path, samples);
  expect(await readNpz(path)).toEqual(samples);
  expect(Object.keys(await readNpz(path))).toEqual(Object.keys(samples));
});

test("the same arrays give the same bytes, in every time zone, and leave no temporary file", async () => {
  const folder = await mkdtemp(join(dir, "same"));
  const zone = process.env.TZ;
  for (const [i, TZ] of ["Pacific/Auckland", "America/Los_Angeles"].entries()) {
    process.env.TZ = TZ;
    await writeNpz(join(folder, `${i}.npz`), samples);
  }
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  const [first, second] = [await readFile(join(folder, "0.npz")), await readFile(join(folder, "1.npz"))];
  expect(first.equals(second)).toBe(true);
  await writeNpz(join(folder, "0.npz"), { a: samples.bool! });
  expect(Object.keys(await readNpz(join(folder, "0.npz")))).toEqual(["a"]);
  expect((await readdir(folder)).sort()).toEqual(["0.npz", "1.npz"]);
});

test("several chunks, views into a larger buffer, and long headers", async () => {
  const path = join(dir, "large.npz");
  const backing = Float32Array.from({ length: 400_001 }, (_, i) => Math.fround(Math.sin(i)));
  const arrays: Record<string, NpyArray> = {
    view: { shape: [400_000], dtype: "float32", data: backing.subarray(1) },
    half: { shape: [300_000], dtype: "float16", data: new Float32Array(300_000).fill(0.25) },
    text: {
      shape: [90_000],
      dtype: "unicode",
      data: Array.from({ length: 90_000 }, (_, i) => `person ${i} 😀`),
    },
    deep: { shape: Array.from({ length: 30_000 }, () => 1), dtype: "uint8", data: Uint8Array.of(7) },
  };
  await writeNpz(path, arrays);
  const back = await readNpz(path);
  for (const [name, { shape, data }] of Object.entries(arrays)) {
    expect(back[name]?.shape).toEqual(shape);
    expect(Buffer.from(String(back[name]?.data)).equals(Buffer.from(String(data)))).toBe(true);
  }
});

test("a file may call an array __proto__", async () => {
  const path = join(dir, "proto.npz");
  await writeNpz(path, Object.fromEntries([["__proto__", samples.bool!]]));
  expect(Object.entries(await readNpz(path))).toEqual([["__proto__", samples.bool]]);
});

describe("numpy's own files (made by test/reference/datasets/make_npz.py)", () => {
  const expected: Record<string, NpyArray> = {
    ...samples,
    int64: { shape: [3], dtype: "int64", data: [-(2 ** 53) + 1, 0, 2 ** 53 - 1] },
    float16: {
      shape: [9],
      dtype: "float16",
      data: Float32Array.of(0, -0, 1, 65504, 2 ** -24, Infinity, -Infinity, Number.NaN, 0.0999755859375),
    },
  };
  test.each(["numpy-compressed.npz", "numpy-stored.npz"])("%s", async (file) => {
    expect(await readNpz(join(reference, file))).toEqual(expected);
  });

  test.each([
    ["fortran.npz", "unsupported: Fortran order (save numpy.ascontiguousarray(a))"],
    ["big-endian.npz", 'unsupported: big-endian >f4 (save a.astype("<f4"))'],
    ["object.npz", "unsupported: Python objects, which need pickle"],
    ["structured.npz", "unsupported: dtype [(x, <f4), (y, <i4)]"],
    ["int64-large.npz", "unsupported: int64 value 9007199254740992"],
  ])("%s is refused", async (file, message) => {
    const path = join(reference, file);
    await expect(readNpz(path)).rejects.toThrow(InputError);
    await expect(readNpz(path)).rejects.toThrow(`cannot read npz: ${path} (a: ${message}`);
  });
});

describe("half precision", () => {
  test("every half survives the way to a number and back", () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = fromHalf(bits);
      if (Number.isNaN(value)) expect(toHalf(value)).toBe(0x7e00);
      else if (toHalf(value) !== bits) expect.fail(`${bits} came back as ${toHalf(value)}`);
    }
  });
  test("rounds as numpy does", async () => {
    const { values, bits } = await readNpz(join(reference, "half.npz"));
    expect(values?.data.length).toBeGreaterThan(3000);
    expect(Array.from(values!.data as Float32Array, toHalf)).toEqual(Array.from(bits!.data as Int32Array));
  });
  test("edges", () => {
    expect(
      [0, -0, 65519, 65520, -1e300, 2 ** -25, 2 ** -24 * 1.5, 1 + 2 ** -11, 1 + 3 * 2 ** -11].map(toHalf),
    ).toEqual([0, 0x8000, 0x7bff, 0x7c00, 0xfc00, 0, 2, 0x3c00, 0x3c02]);
  });
});

describe("refuses", () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      "a wrong shape",
      { a: { shape: [2], dtype: "uint8", data: Uint8Array.of(1) } },
      "a: invalid shape: (2) for 1 values",
    ],
    [
      "a negative shape",
      { a: { shape: [-1, -1], dtype: "uint8", data: Uint8Array.of(1) } },
      "a: invalid shape: (-1, -1)",
    ],
    [
      "a wrong kind of data",
      { a: { shape: [1], dtype: "float32", data: Float64Array.of(1) } },
      "a: invalid data for float32: Float64Array",
    ],
    [
      "2 for a bool",
      { a: { shape: [1], dtype: "bool", data: Uint8Array.of(2) } },
      "a: invalid bool value: 2",
    ],
    [
      "a fraction for int64",
      { a: { shape: [1], dtype: "int64", data: [0.5] } },
      "a: invalid int64 value: 0.5",
    ],
    ["a final NUL", { a: { shape: [1], dtype: "unicode", data: ["x\0"] } }, "a: invalid unicode value"],
    ["a name with a slash", { "a/b": samples.bool }, "a/b: invalid name"],
  ])("to write %s", async (_, arrays, message) => {
    const folder = await mkdtemp(join(dir, "refused"));
    const path = join(folder, "x.npz");
    await expect(writeNpz(path, arrays as never)).rejects.toThrow(InputError);
    await expect(writeNpz(path, arrays as never)).rejects.toThrow(`cannot write npz: ${path} (${message}`);
    expect(await readdir(folder)).toEqual([]);
  });

  test("to write where there is no folder", async () => {
    await expect(writeNpz(join(dir, "no", "x.npz"), samples)).rejects.toThrow(/^cannot write npz: .*ENOENT/);
  });

  test("missing files, folders, other files, cut files and flipped bits", async () => {
    await expect(readNpz(join(dir, "no.npz"))).rejects.toThrow(
      `cannot read npz: ${join(dir, "no.npz")} (no such file)`,
    );
    await expect(readNpz(dir)).rejects.toThrow(/^cannot read npz: .* \(it is a folder\)/);
    const whole = join(dir, "whole.npz");
    const data = Float32Array.from({ length: 5000 }, (_, i) => Math.sin(i));
    await writeNpz(whole, { a: { shape: [5000], dtype: "float32", data } });
    const bytes = await readFile(whole);
    const path = join(dir, "damaged.npz");
    const damaged = [Buffer.alloc(0), Buffer.from("text"), bytes.subarray(0, 60), bytes.subarray(0, -30)];
    for (const at of [100, 5000, bytes.length - 300]) {
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= 0x10;
      damaged.push(flipped);
    }
    for (const content of damaged) {
      await writeFile(path, content);
      const error = await readNpz(path).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InputError);
      expect((error as Error).message).toMatch(/^cannot read npz: .*damaged\.npz \(.+\)$/);
      expect((error as Error).cause).toBeInstanceOf(Error);
    }
  });
});

itWithNumpy()("numpy reads what is written, without pickle", async () => {
  const path = join(dir, "for-numpy.npz");
  await writeNpz(path, samples);
  const script = `
import sys, numpy as np
a = np.load(sys.argv[1], allow_pickle=False)
b = np.load(sys.argv[2], allow_pickle=False)
assert sorted(a.files) == sorted(b.files), (a.files, b.files)
for name in a.files:
    assert a[name].dtype == b[name].dtype, (name, a[name].dtype, b[name].dtype)
    if name not in ("float16", "int64"):
        assert np.array_equal(a[name], b[name], equal_nan=a[name].dtype.kind == "f"), name
print(a["int64"].tolist(), a["float16"].tolist())`;
  const args = ["-c", script, path, join(reference, "numpy-compressed.npz")];
  expect(execFileSync(numpyPython!, args, { encoding: "utf8" }).trim()).toBe(
    "[-9007199254740991, 9007199254740991] [0.0, 1.0, -65504.0, 0.5]",
  );
  expect(existsSync(path)).toBe(true);
});
