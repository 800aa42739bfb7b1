import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** A reference file made by test/reference/metrics/make.py. */
export function reference<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../reference/metrics/${name}.json`, import.meta.url), "utf8")) as T;
}

/** Expects equality to a part `relative` of the expected number; 0 is to be met exactly, but for `absolute`. */
export function expectClose(actual: number, expected: number, relative = 1e-9, absolute = 0): void {
  const difference = Math.abs(actual - expected);
  expect(difference <= relative * Math.abs(expected) + absolute, `${actual} instead of ${expected}`).toBe(
    true,
  );
}

/** Expects each number of a list to be close. */
export function expectAllClose(
  actual: readonly number[],
  expected: readonly number[],
  relative = 1e-9,
): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expectClose(actual[i]!, value, relative);
}
