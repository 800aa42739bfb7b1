import { identificationFigure } from "facelab";
import { meanOf, measuredMethods, operatingPoint } from "./05-measured.js";
import type { ShownFigure } from "./question.js";
import type { Records } from "./records.js";

const LOWEST = 1e-3;
const STEPS_PER_DECADE = 20;

/** DIR over the FPIR reached, for thresholds set at many rates. */
export function identificationCurves(records: Records): ShownFigure {
  const asked = Array.from(
    { length: 3 * STEPS_PER_DECADE + 1 },
    (_, i) => LOWEST * 10 ** (i / STEPS_PER_DECADE),
  );
  const curves = measuredMethods(records).map(({ method, repeats }) => ({
    name: method.name,
    curve: asked.flatMap((fpir) => {
      const own = repeats.map((probes) => operatingPoint(probes, Math.min(fpir, 1)));
      if (!own.every(({ sufficient }) => sufficient)) return [];
      return { fpir: meanOf(own.map((one) => one.fpir)), dir: meanOf(own.map(({ dir }) => dir)) };
    }),
  }));
  return {
    name: "identification",
    description: "detection and identification rate over false positive identification rate of every method",
    figure: identificationFigure(
      "Can it say unknown?",
      "LFW, half of the people enrolled, means over the repeats",
      curves,
      {
        lowest: LOWEST,
      },
    ),
  };
}
