import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InputError } from "../errors.js";
import { fromHalf } from "../float16.js";
import { sha256 } from "./sha256.js";

/** A weight as tensorflow.js stores it: row-major; convolutions are height x width x in x out. */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Named weights of one file, with what the report needs to know about it. */
export interface WeightFile {
  readonly path: string;
  /** sha256 of the weights' bytes (all shards, in order). */
  readonly sha256: string;
  /** Which program made them, where the manifest says so: ours do. */
  readonly recipe?: object;
  /** The weight of that name. @throws InputError where the file has none, or one of another shape. */
  get(name: string, shape: readonly number[]): Weight;
}

interface ManifestEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string; readonly scale?: number; readonly min?: number };
}

/**
 * Reads weights in tensorflow.js' format: a `*-weights_manifest.json` and its shards; float32, float16, or uint8 with
 * a scale and a minimum per tensor (value = byte * scale + min).
 * @param manifestPath path of the manifest; the shards are beside it.
 * @throws InputError where a file is missing, cut short, or not such a manifest, and where the manifest names a sha256
 * (ours do) that the shards' bytes do not have.
 */
export async function readTfjsWeights(manifestPath: string): Promise<WeightFile> {
  const groups = parseManifest(manifestPath, await readOrExplain(manifestPath));
  const weights = new Map<string, Weight>();
  const shards: Buffer[] = [];
  for (const group of groups) {
    const parts = await Promise.all(
      group.paths.map((name) => readOrExplain(join(dirname(manifestPath), basename(name)))),
    );
    shards.push(...parts);
    const bytes = Buffer.concat(parts);
    requireSha256(manifestPath, group, bytes);
    decodeGroup(manifestPath, group.weights, bytes, weights);
  }
  return {
    path: manifestPath,
    sha256: sha256(Buffer.concat(shards)),
    recipe: groups.find(({ recipe }) => recipe !== undefined)?.recipe,
    get(name, shape) {
      const weight = weights.get(name);
      if (weight === undefined) throw new InputError(`weights file ${manifestPath} has no tensor ${name}`);
      if (weight.shape.join() !== shape.join()) {
        throw new InputError(
          `weights file ${manifestPath}: ${name} is ${weight.shape.join("x")} (expected ${shape.join("x")})`,
        );
      }
      return weight;
    },
  };
}

interface Group {
  readonly paths: readonly string[];
  readonly weights: readonly ManifestEntry[];
  /** Of the shards' bytes, in order. */
  readonly sha256?: string;
  readonly recipe?: object;
}

function requireSha256(path: string, { paths, sha256: expected }: Group, bytes: Buffer): void {
  const found = sha256(bytes);
  if (expected === undefined || found === expected) return;
  const shards = paths.map((name) => join(dirname(path), basename(name))).join(", ");
  throw new InputError(
    `weights file ${shards} is damaged: its sha256 is ${found} (its manifest says ${expected}; get both files anew)`,
  );
}

function parseManifest(path: string, bytes: Buffer): readonly Group[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new InputError(`cannot read weights: ${path} (not JSON)`, { cause });
  }
  const groups = parsed as Group[];
  const valid =
    Array.isArray(parsed) && groups.every((g) => Array.isArray(g?.paths) && Array.isArray(g?.weights));
  if (!valid) throw new InputError(`cannot read weights: ${path} (not a tensorflow.js weights manifest)`);
  return groups;
}

/** How a tensor's numbers may be stored, and in how many bytes each. */
const BYTES: Readonly<Record<string, number>> = { float32: 4, float16: 2, uint8: 1 };

function decodeGroup(
  path: string,
  entries: readonly ManifestEntry[],
  bytes: Buffer,
  into: Map<string, Weight>,
): void {
  let offset = 0;
  for (const { name, shape, dtype, quantization } of entries) {
    const length = shape.reduce((product, size) => product * size, 1);
    const stored = quantization?.dtype ?? dtype;
    const size = BYTES[stored];
    if (size === undefined) {
      throw new InputError(
        `weights file ${path}: ${name} is stored as ${stored} (expected ${Object.keys(BYTES).join(", ")})`,
      );
    }
    const end = offset + length * size;
    if (end > bytes.length) {
      throw new InputError(
        `weights file ${path} is cut short: ${name} ends at byte ${end} of ${bytes.length}`,
      );
    }
    const data = new Float32Array(length);
    const { scale = 1, min = 0 } = quantization ?? {};
    for (let i = 0; i < length; i++) {
      const at = offset + size * i;
      if (stored === "float32") data[i] = bytes.readFloatLE(at);
      else if (stored === "float16") data[i] = fromHalf(bytes.readUInt16LE(at));
      else data[i] = (bytes[at] as number) * scale + min;
    }
    into.set(name, { shape, data });
    offset = end;
  }
  if (offset !== bytes.length) {
    throw new InputError(
      `weights file ${path}: ${bytes.length - offset} bytes are left over after the last tensor`,
    );
  }
}

async function readOrExplain(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "no such file" : message;
    throw new InputError(`cannot read weights: ${path} (${reason})`, { cause });
  }
}
