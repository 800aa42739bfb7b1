import { InputError } from "../errors.js";

/** How exactly dlib's network computes: in 32-bit floating point, or with weights and activations of 8 bits. */
export type Precision = "fp32" | "int8";

/** What can be asked for; `auto` is decided by `choosePrecision`. */
export const precisions: readonly ["fp32", "int8", "auto"] = ["fp32", "int8", "auto"];

/** @throws InputError where it is neither `fp32` nor `int8`. */
export function requirePrecision(name: string): Precision {
  if (name === "fp32" || name === "int8") return name;
  const remedy = name === "auto" ? "choosePrecision decides it; expected fp32, int8" : "expected fp32, int8";
  throw new InputError(`unknown precision: ${name} (${remedy})`);
}
