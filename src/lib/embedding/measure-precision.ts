import type { Embedder, RgbImage } from "../types.js";

/** Milliseconds a face of both precisions, on this machine. */
export type PrecisionTimes = Readonly<Record<"fp32" | "int8", number>>;

/** Faces in one turn. */
const BATCH = 4;

/**
 * Times two embedders on the same chips, in turns, so that what else the machine does slows both down.
 * @param milliseconds how long it may take in all; at least three turns are made.
 * @param now the clock, in milliseconds.
 * @returns the medians.
 */
export async function measurePrecision(
  embedders: Readonly<Record<"fp32" | "int8", Pick<Embedder, "embed" | "aligner">>>,
  milliseconds = 1000,
  now: () => number = () => performance.now(),
): Promise<PrecisionTimes> {
  const { size } = embedders.fp32.aligner;
  const chips = Array.from({ length: BATCH }, (_, seed) => patterned(size, seed));
  const times = { fp32: [] as number[], int8: [] as number[] };
  const time = async (name: "fp32" | "int8"): Promise<number> => {
    const start = now();
    await embedders[name].embed(chips);
    return (now() - start) / BATCH;
  };
  // The first turn sets memory up.
  for (const name of ["fp32", "int8"] as const) await time(name);
  const start = now();
  do {
    for (const name of ["fp32", "int8"] as const) times[name].push(await time(name));
  } while (times.int8.length < 3 || now() - start < milliseconds);
  return { fp32: median(times.fp32), int8: median(times.int8) };
}

/** No face, but no even colour either: waves. */
function patterned(size: number, seed: number): RgbImage {
  const data = Uint8Array.from(
    { length: 3 * size * size },
    (_, i) => 128 + 100 * Math.sin(i / 37 + seed) * Math.cos(i / (9 * size)),
  );
  return { width: size, height: size, data };
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}
