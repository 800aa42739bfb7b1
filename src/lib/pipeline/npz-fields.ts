import type { NpyArray, NpyDtype } from "../datasets/npy-array.js";
import { InputError } from "../errors.js";
import type { Provenance } from "./provenance.js";

/** A .npz file whose arrays are asked for by name, with their kind and shape checked. */
export interface NpzFields {
  has(name: string): boolean;
  /**
   * An array of that kind.
   * @param shape what it must be; null stands for any length.
   * @throws InputError where it is missing or another one.
   */
  get<D extends NpyDtype>(
    name: string,
    dtypes: readonly D[],
    shape: readonly (number | null)[],
  ): { readonly shape: readonly number[]; readonly data: NpyData<D> };
}

/** What an array of a kind holds. */
export type NpyData<D extends NpyDtype> = D extends "uint8" | "bool"
  ? Uint8Array
  : D extends "float16" | "float32"
    ? Float32Array
    : D extends "float64"
      ? Float64Array
      : D extends "int32"
        ? Int32Array
        : D extends "int64"
          ? readonly number[]
          : readonly string[];

/** Wraps the arrays of a file. @param path for messages. */
export function npzFields(path: string, arrays: Readonly<Record<string, NpyArray>>): NpzFields {
  return {
    has: (name) => Object.hasOwn(arrays, name),
    get<D extends NpyDtype>(name: string, dtypes: readonly D[], shape: readonly (number | null)[]) {
      const array = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
      if (array === undefined) throw new InputError(`${path} has no array ${name} (is it the right file?)`);
      const fits =
        array.shape.length === shape.length &&
        shape.every((length, i) => length === null || length === array.shape[i]);
      if (!dtypes.some((dtype) => dtype === array.dtype) || !fits) {
        const expected = `${dtypes.join(" or ")} ${shape.map((length) => length ?? "n").join(" x ")}`;
        throw new InputError(
          `${path}: ${name} is ${array.dtype} ${array.shape.join(" x ")} (expected ${expected})`,
        );
      }
      return { shape: array.shape, data: array.data as NpyData<D> };
    },
  };
}

/** A list of text as numpy's unicode. */
export function textArray(data: readonly string[]): NpyArray {
  return { dtype: "unicode", shape: [data.length], data };
}

/** How the file was made, as one JSON text; {@link readProvenance} reads it. */
export function provenanceArray(provenance: Provenance | null): NpyArray {
  return { dtype: "unicode", shape: [], data: [JSON.stringify(provenance)] };
}

/** @returns null where the file does not say. @throws InputError where what it says is damaged. */
export function readProvenance(path: string, fields: NpzFields): Provenance | null {
  if (!fields.has("provenance")) return null;
  const [text] = fields.get("provenance", ["unicode"], []).data;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text ?? "");
  } catch (cause) {
    throw new InputError(`${path}: provenance is not JSON`, { cause });
  }
  if (parsed === null) return null;
  const { detector, aligner } = parsed as Partial<Provenance>;
  if (typeof detector?.name !== "string" || typeof aligner?.name !== "string") {
    throw new InputError(`${path}: provenance names no detector or no aligner (is it facelab's file?)`);
  }
  return parsed as Provenance;
}
