import { InputError } from "../errors.js";
import { mirrorImage } from "../images/mirror-image.js";
import { onnxSession } from "../inference/onnx-session.js";
import type { RgbImage } from "../types.js";
import { chipBytes } from "./chip-bytes.js";
import { dlibGraph } from "./dlib-graph.js";
import { activationNames } from "./dlib-network.js";
import type { DlibCalibration, Ranges } from "./dlib-ranges.js";
import { dlibWeights } from "./dlib-weights.js";

/** Chips in one run. */
const BATCH = 16;

/**
 * Finds the least and the greatest value that each activation of dlib's network takes on some faces and their mirror images:
 * what its int8 form needs to know.
 * @param chips 150 x 150, RGB; some hundreds, of faces that nothing is reported on.
 * @param source which faces these are, in words.
 * @throws InputError where there are no chips.
 */
export async function calibrateDlib(chips: readonly RgbImage[], source: string): Promise<DlibCalibration> {
  if (chips.length === 0) throw new InputError("cannot calibrate: no chips (some hundreds are needed)");
  const { weights } = await dlibWeights();
  const session = await onnxSession(dlibGraph(weights, { ranges: true }));
  const found = new Map(
    activationNames().map((name) => [
      name,
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as [number, number],
    ]),
  );
  const both = chips.flatMap((chip) => [chip, mirrorImage(chip)]);
  for (let start = 0; start < both.length; start += BATCH) {
    const outputs = await session.run({ chips: chipBytes(both.slice(start, start + BATCH)) });
    for (const [name, range] of found) {
      range[0] = Math.min(range[0], outputs[`min ${name}`]?.data[0] ?? Number.NaN);
      range[1] = Math.max(range[1], outputs[`max ${name}`]?.data[0] ?? Number.NaN);
    }
  }
  // Six digits are far more than 8 bits can tell.
  const ranges: Ranges = Object.fromEntries(
    [...found].map(([name, [min, max]]) => [name, [digits(min), digits(max)]]),
  );
  return { weights: weights.sha256, source, chips: both.length, ranges };
}

function digits(value: number): number {
  return Number(value.toPrecision(6));
}
