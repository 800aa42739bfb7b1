import { compareCodePoints } from "../compare-code-points.js";
import { InputError } from "../errors.js";
import type { Model, ModelJson } from "../types.js";

const FORMAT = "facelab-model";

/** Raised whenever the meaning of a kind's `state` changes. */
export const MODEL_VERSION = 1;

/** Puts a model's JSON together; typed arrays in `state` become arrays of numbers, which JSON writes exactly. */
export function modelJson(
  kind: string,
  { dimensions, labels, chosen }: Pick<Model, "dimensions" | "labels" | "chosen">,
  state: Readonly<Record<string, unknown>>,
): ModelJson {
  const plain = Object.entries(state).map(([name, value]) => [
    name,
    ArrayBuffer.isView(value) ? Array.from(value as Float64Array | Int32Array) : value,
  ]);
  return {
    format: FORMAT,
    version: MODEL_VERSION,
    kind,
    dimensions,
    labels: [...labels],
    chosen,
    state: Object.fromEntries(plain),
  };
}

/**
 * Checks the fields that all kinds have in common.
 * @throws InputError that says what is wrong with which field.
 */
export function requireModelJson(json: unknown): ModelJson {
  if (!isRecord(json) || json.format !== FORMAT) throw new InputError("not a model of facelab");
  const { version, kind, dimensions, labels, chosen, state } = json;
  if (version !== MODEL_VERSION) {
    throw new InputError(`unknown version of the format: ${version} (this facelab reads ${MODEL_VERSION})`);
  }
  if (typeof kind !== "string") throw invalid("kind", "a string");
  if (!Number.isInteger(dimensions) || (dimensions as number) < 1) {
    throw invalid("dimensions", "an integer >= 1");
  }
  if (!isSorted(labels)) throw invalid("labels", "different strings in the order of their code points");
  if (!isRecord(chosen)) throw invalid("chosen", "an object");
  if (!isRecord(state)) throw invalid("state", "an object");
  return json as unknown as ModelJson;
}

/** Reads the fields of a model's `state`, each of them checked. */
export interface StateReader {
  /** So many finite numbers. */
  numbers(name: string, length: number): Float64Array;
  /** Ascending positions in `labels`. */
  codes(name: string): Int32Array;
  number(name: string): number;
  boolean(name: string): boolean;
  /** One of some words. */
  choice<T extends string>(name: string, words: readonly T[]): T;
}

/** @throws InputError from each of its functions, where the field is not what it should be. */
export function stateReader({ state, labels }: ModelJson): StateReader {
  const list = (name: string): readonly unknown[] => {
    const value = state[name];
    if (!Array.isArray(value)) throw invalid(name, "an array");
    return value;
  };
  return {
    numbers(name, length) {
      const values = list(name);
      if (values.length !== length || !values.every((value) => Number.isFinite(value))) {
        throw invalid(name, `${length} finite numbers`);
      }
      return Float64Array.from(values as number[]);
    },
    codes(name) {
      const values = list(name) as number[];
      const valid = (value: number, i: number): boolean =>
        Number.isInteger(value) && value >= (values[i - 1] ?? 0) && value < labels.length;
      if (values.length === 0 || !values.every(valid)) {
        throw invalid(name, `ascending integers in 0..${labels.length - 1}`);
      }
      return Int32Array.from(values);
    },
    number(name) {
      const value = state[name];
      if (!Number.isFinite(value)) throw invalid(name, "a finite number");
      return value as number;
    },
    boolean(name) {
      const value = state[name];
      if (typeof value !== "boolean") throw invalid(name, "true or false");
      return value;
    },
    choice<T extends string>(name: string, words: readonly T[]): T {
      const value = state[name] as T;
      if (!words.includes(value)) throw invalid(name, words.join(" or "));
      return value;
    },
  };
}

/** Is it an object, and no array? */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSorted(labels: unknown): boolean {
  if (!Array.isArray(labels) || labels.length === 0) return false;
  return labels.every(
    (label, i) => typeof label === "string" && (i === 0 || compareCodePoints(labels[i - 1], label) < 0),
  );
}

function invalid(name: string, expected: string): InputError {
  return new InputError(`invalid ${name} in a model (must be ${expected})`);
}
