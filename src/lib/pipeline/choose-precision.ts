import { mkdir, readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { dlibAligner } from "../alignment/dlib-aligner.js";
import { measurePrecision, type PrecisionTimes } from "../embedding/measure-precision.js";
import { type Precision, requirePrecision } from "../embedding/precision.js";
import { createEmbedder, type EmbedderOptions } from "../embedding/registry.js";
import { cacheDirectory } from "../inference/cache-directory.js";
import { onnxVersions } from "../inference/onnx-session.js";
import { sha256 } from "../inference/sha256.js";
import { codeFingerprint } from "./code-fingerprint.js";

/** Which precision to compute in, and why. */
export interface ChosenPrecision {
  readonly precision: Precision;
  /** With `auto`: what was taken and why, in a line for the user. */
  readonly notice?: string;
}

/** What {@link choosePrecision} can be given to decide by, in the place of this machine. */
export interface PrecisionMachine {
  /** Times both precisions. @default a measurement of about a second */
  readonly measure?: (options: EmbedderOptions) => Promise<PrecisionTimes>;
  /** The processor. @default this machine's */
  readonly cpu?: string;
}

/** `int8` is a little less exact: it is taken from this speed on, as a multiple of the other's. */
const WORTH_IT = 1.5;

/**
 * Decides between `fp32` and `int8`. `fp32`, which is the default, and `int8` are what they are; `auto` measures both for about a second
 * and takes `int8` where it is at least 1.5 times as fast. The times are kept in the cache folder, for this processor, version of ONNX
 * Runtime, code, engine and number of threads; where they cannot be kept, the next start measures again.
 * @throws InputError on an unknown precision.
 */
export async function choosePrecision(
  options: EmbedderOptions = {},
  machine: PrecisionMachine = {},
): Promise<ChosenPrecision> {
  const asked = options.precision ?? "fp32";
  if (asked !== "auto") return { precision: requirePrecision(asked) };
  if (options.engine === "face-api") {
    return { precision: "fp32", notice: "precision auto took fp32: face-api computes nothing else" };
  }
  const { measure = measureHere, cpu = `${cpus()[0]?.model} x ${cpus().length}` } = machine;
  const { engine = "onnx", threads } = options;
  const key = sha256(
    Buffer.from(JSON.stringify([cpu, onnxVersions(), codeFingerprint(), engine, threads ?? null])),
  );
  const path = join(cacheDirectory(), `precision-${key.slice(0, 32)}.json`);
  const known = await readTimes(path);
  const times = known ?? (await measure(options));
  if (known === undefined) await keep(path, times);
  const ratio = times.fp32 / times.int8;
  const precision = ratio >= WORTH_IT ? "int8" : "fp32";
  const how = known === undefined ? "measured now" : "measured earlier";
  const notice = `precision auto took ${precision}: int8 is ${ratio.toFixed(1)} times as fast as fp32 here (${how}; int8 is taken from ${WORTH_IT} on)`;
  return { precision, notice };
}

async function measureHere(options: EmbedderOptions): Promise<PrecisionTimes> {
  const make = (precision: Precision) =>
    createEmbedder(dlibAligner(), { ...options, precision, mirror: false });
  return measurePrecision({ fp32: await make("fp32"), int8: await make("int8") });
}

/** Kept times, or undefined where there are none or the file is damaged. */
async function readTimes(path: string): Promise<PrecisionTimes | undefined> {
  let times: Partial<PrecisionTimes> | null;
  try {
    times = JSON.parse(await readFile(path, "utf8")) as Partial<PrecisionTimes> | null;
  } catch (error) {
    if (error instanceof SyntaxError || isSystemError(error)) return undefined;
    throw error;
  }
  const { fp32 = 0, int8 = 0 } = times ?? {};
  return fp32 > 0 && int8 > 0 && Number.isFinite(fp32 / int8) ? { fp32, int8 } : undefined;
}

async function keep(path: string, times: PrecisionTimes): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, JSON.stringify(times));
  } catch (error) {
    // It is measured again, then.
    if (!isSystemError(error)) throw error;
  }
}

function isSystemError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException).code === "string";
}
