import { createHash } from "node:crypto";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { requireInteger } from "./errors.js";
import type { Random } from "./types.js";

/**
 * A seeded stream of random numbers (xoroshiro128+ of pure-rand).
 * @param seed a whole number >= 0; the same seed gives the same stream on every platform.
 * @throws InputError where the seed is not a whole number >= 0.
 */
export function createRandom(seed: number): Random {
  return stream(String(requireInteger("seed", seed, 0)));
}

function stream(key: string): Random {
  // The key is hashed, so that the streams of seeds 1 and 2 have nothing in common.
  const generator = xoroshiro128plus(createHash("sha256").update(key).digest().readInt32LE(0));
  const uniform = (): number => (generator.next() >>> 0) / 2 ** 32;
  const integer = (bound: number): number => Math.floor(uniform() * requireInteger("bound", bound, 1));
  return {
    key,
    uniform,
    integer,
    shuffle<T>(items: readonly T[]): T[] {
      const copy = [...items];
      for (let last = copy.length - 1; last > 0; last--) {
        const other = integer(last + 1);
        [copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
      }
      return copy;
    },
    fork: (name) => stream(`${key}/${name}`),
  };
}
