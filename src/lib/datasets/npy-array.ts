/**
 * An array as numpy has it, in C order: `data` holds the product of `shape` values; shape [] is a single value.
 * bool is 0 or 1, float16 is kept as float32, int64 as numbers up to 2^53.
 */
export type NpyArray = { readonly shape: readonly number[] } & (
  | { readonly dtype: "uint8" | "bool"; readonly data: Uint8Array }
  | { readonly dtype: "float16" | "float32"; readonly data: Float32Array }
  | { readonly dtype: "float64"; readonly data: Float64Array }
  | { readonly dtype: "int32"; readonly data: Int32Array }
  | { readonly dtype: "int64"; readonly data: readonly number[] }
  | { readonly dtype: "unicode"; readonly data: readonly string[] }
);

/** The kinds of value that an {@link NpyArray} can hold. */
export type NpyDtype = NpyArray["dtype"];

/** How many values a shape holds. */
export function shapeSize(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
