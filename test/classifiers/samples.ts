import { readFileSync } from "node:fs";
import { createRandom, type Random, type Sample } from "facelab";

/** A normal deviate (Box, Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

export interface BlobOptions {
  /** Photos of each person. */
  readonly photos: readonly number[];
  readonly dimensions?: number;
  /** Standard deviation of the photos around their person, whose own is 1. */
  readonly spread?: number;
  readonly seed?: number;
}

/** Photos scattered around people: "person 0", "person 1" ... */
export function blobs({ photos, dimensions = 6, spread = 0.2, seed = 0 }: BlobOptions): Sample[] {
  const random = createRandom(seed);
  return photos.flatMap((count, person) => {
    const centre = Array.from({ length: dimensions }, () => normal(random));
    return Array.from({ length: count }, () => ({
      embedding: Float32Array.from(centre, (value) => value + spread * normal(random)),
      label: `person ${person}`,
    }));
  });
}

/** Samples from rows of a fixture. */
export function toSamples(x: readonly (readonly number[])[], y: readonly string[]): Sample[] {
  return x.map((row, i) => ({ embedding: Float32Array.from(row), label: y[i]! }));
}

/** A reference file made by test/reference/classifiers/make.py. */
export function reference<T>(name: string): T {
  return JSON.parse(
    readFileSync(new URL(`../reference/classifiers/${name}.json`, import.meta.url), "utf8"),
  ) as T;
}

/** The largest absolute difference between two lists of equal length. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
