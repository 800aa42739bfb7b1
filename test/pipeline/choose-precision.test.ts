import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  choosePrecision,
  type Embedder,
  type EmbedderOptions,
  facePipeline,
  InputError,
  measurePrecision,
} from "facelab";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { fakePipeline } from "../support/fake-pipeline.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const root = await temporaryFolder();
let cache: string;
let caches = 0;
beforeEach(() => {
  const home = join(root, `cache ${caches++}`);
  cache = join(home, "facelab");
  vi.stubEnv("XDG_CACHE_HOME", home);
});

/** A machine whose times are given, and which counts how often it was asked. */
function machine(fp32: number, int8: number, cpu = "a processor") {
  let asked = 0;
  const measure = async () => {
    asked++;
    return { fp32, int8 };
  };
  return { measure, cpu, asked: () => asked };
}

const auto: EmbedderOptions = { precision: "auto" };

describe("choosePrecision", () => {
  it("takes what was asked for without measuring; fp32 where nothing was", async () => {
    const never = machine(9, 1);
    expect(await choosePrecision({}, never)).toEqual({ precision: "fp32" });
    expect(await choosePrecision({ precision: "fp32" }, never)).toEqual({ precision: "fp32" });
    expect(await choosePrecision({ precision: "int8" }, never)).toEqual({ precision: "int8" });
    await expect(choosePrecision({ precision: "int4" }, never)).rejects.toThrow(
      new InputError("unknown precision: int4 (expected fp32, int8)"),
    );
    expect(never.asked()).toBe(0);
  });

  it.each([
    [3, 1, "int8", "3.0"],
    [3, 2, "int8", "1.5"],
    [2.98, 2, "fp32", "1.5"],
    [1, 2, "fp32", "0.5"],
  ])("auto: %d ms against %d ms is %s", async (fp32, int8, precision, ratio) => {
    const chosen = await choosePrecision(auto, machine(fp32, int8));
    expect(chosen.precision).toBe(precision);
    expect(chosen.notice).toBe(
      `precision auto took ${precision}: int8 is ${ratio} times as fast as fp32 here (measured now; int8 is taken from 1.5 on)`,
    );
  });

  it("keeps what it measured, for this processor, engine and number of threads", async () => {
    const first = machine(4, 1);
    await choosePrecision(auto, first);
    const again = machine(1, 4);
    const { precision, notice } = await choosePrecision(auto, again);
    expect([precision, again.asked()]).toEqual(["int8", 0]);
    expect(notice).toContain("measured earlier");
    for (const other of [
      { options: auto, at: machine(1, 4, "another processor") },
      { options: { ...auto, threads: 1 }, at: machine(1, 4) },
      { options: { ...auto, engine: "onnxruntime-web" }, at: machine(1, 4) },
    ]) {
      expect((await choosePrecision(other.options, other.at)).precision).toBe("fp32");
      expect(other.at.asked()).toBe(1);
    }
    expect(await readdir(cache)).toHaveLength(4);
  });

  it.each(["", "{", "null", "[]", '{"fp32": 4}', '{"fp32": 4, "int8": 0}', '{"fp32": "4", "int8": -1}'])(
    "measures again where %j was kept",
    async (damaged) => {
      await choosePrecision(auto, machine(4, 1));
      const [name] = await readdir(cache);
      await writeFile(join(cache, name!), damaged);
      const again = machine(1, 4);
      expect((await choosePrecision(auto, again)).precision).toBe("fp32");
      expect(again.asked()).toBe(1);
      expect(JSON.parse(await readFile(join(cache, name!), "utf8"))).toEqual({ fp32: 1, int8: 4 });
    },
  );

  it("decides also where nothing can be kept, and for face-api, which has one precision only", async () => {
    vi.stubEnv("XDG_CACHE_HOME", "/dev/null/x");
    expect((await choosePrecision(auto, machine(4, 1))).precision).toBe("int8");
    const never = machine(4, 1);
    const { precision, notice } = await choosePrecision({ ...auto, engine: "face-api" }, never);
    expect([precision, never.asked()]).toEqual(["fp32", 0]);
    expect(notice).toContain("face-api computes nothing else");
  });

  it("is asked once by a pipeline, which says what it took and computes in that", async () => {
    const pipeline = await facePipeline({ detector: "ssd", precision: "auto", threads: 1, mirror: false });
    const [notice = ""] = pipeline.notices;
    const [, took] = /^precision auto took (fp32|int8): /.exec(notice) ?? [];
    expect(pipeline.embedder.name).toBe(took === "int8" ? "dlib-int8" : "dlib");
    const again = await facePipeline({ detector: "ssd", precision: "auto", threads: 1 });
    expect(again.notices[0]).toBe(notice.replace("measured now", "measured earlier"));
    const int8 = await facePipeline({ detector: "ssd", precision: "int8" });
    expect(int8.provenance.embedder).toMatchObject({ name: "dlib-int8", params: { precision: "int8" } });
  });
});

describe("measurePrecision", () => {
  /** A clock that runs on by what each embedder takes. */
  function clocked(fp32: readonly number[], int8: readonly number[]) {
    let time = 0;
    const turns: string[] = [];
    const make = (name: string, each: readonly number[]): Embedder => {
      let turn = 0;
      const { embedder } = fakePipeline(() => []);
      return {
        ...embedder,
        embed: async (chips) => {
          expect(chips).toHaveLength(4);
          turns.push(name);
          time += each[Math.min(turn++, each.length - 1)]!;
          return [];
        },
      };
    };
    return {
      embedders: { fp32: make("fp32", fp32), int8: make("int8", int8) },
      now: () => time,
      turns,
    };
  }

  it("is the median of turns that alternate, without the first, a face at a time", async () => {
    const { embedders, now, turns } = clocked([500, 8, 400, 8, 12], [900, 4, 4, 300, 6]);
    expect(await measurePrecision(embedders, 1, now)).toEqual({ fp32: 2, int8: 1 });
    expect(turns).toEqual(["fp32", "int8", "fp32", "int8", "fp32", "int8", "fp32", "int8"]);
  });

  it("goes on for the time it has", async () => {
    const { embedders, now, turns } = clocked([80], [20]);
    expect(await measurePrecision(embedders, 1000, now)).toEqual({ fp32: 20, int8: 5 });
    expect(turns).toHaveLength(2 + 2 * 10);
  });
});
