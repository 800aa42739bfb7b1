import {
  type DetectionCurvePoint,
  detectionAveragePrecision,
  detectionCurve,
  detectionCurveFigure,
  type Figure,
  type RecallAtFalsePositives,
  recallAtFalsePositives,
  toMarkdown,
} from "facelab";
import { count, percent, points } from "./cells.js";
import type { Section } from "./sections.js";
import { type Both, type Side, sides } from "./sides.js";
import { judgedFor, type WiderRecord } from "./wider.js";
import { type Difficulty, difficulties } from "./wider-photos.js";

/** False positives, pooled over all photos, at which recalls are compared. */
export const ALLOWED = 100;
/** Where the chart ends. */
const MOST = 400;

interface Curve {
  readonly curve: DetectionCurvePoint[];
  readonly faces: number;
}

/** The curve of one side for one difficulty. */
function curveOf(records: readonly WiderRecord[], side: Side, difficulty: Difficulty): Curve {
  const { judged, faces } = judgedFor(records, side, difficulty);
  return { curve: detectionCurve(judged, faces), faces };
}

/** Recall at 100 false positives and average precision of both weights. */
export function widerTable({ about, records }: Section<WiderRecord>): string {
  const rows = difficulties.map((difficulty) => {
    const curves = both((side) => curveOf(records, side, difficulty));
    const at = both((side) => recallAtFalsePositives(curves[side].curve, curves[side].faces, ALLOWED));
    const average = both((side) => detectionAveragePrecision(curves[side].curve, curves[side].faces));
    return [
      difficulty,
      count(curves.ours.faces),
      recallCell(at.ours),
      recallCell(at.reference),
      points(at.ours.recall - at.reference.recall),
      percent(average.ours, 2),
      percent(average.reference, 2),
      points(average.ours - average.reference),
      both((side) => count(curves[side].curve.at(-1)?.falsePositives ?? 0)),
    ].flatMap((cell) => (typeof cell === "string" ? [cell] : [`${cell.ours} / ${cell.reference}`]));
  });
  const header = [
    "difficulty",
    "faces",
    `recall at ${ALLOWED} false positives, ours, %`,
    "reference, %",
    "difference",
  ];
  const averages = [
    "average precision, ours, %",
    "reference, %",
    "difference",
    "false positives in all, ours / reference",
  ];
  return [
    `${records.length} photos of WIDER FACE's validation part, stretched back from 416 x 416 to the size that they had, min face`,
    `${about.settings.minFace}. Faces of other difficulties are ignored: finding them counts neither way. IoU 0.5; false positives are pooled over all`,
    "photos, and a face that is found twice is one. In brackets: the threshold of O-Net. `*`: the detector has fewer false positives to give.",
    "Average precision is the area up to where the low thresholds end.\n",
    toMarkdown([[...header, ...averages], ...rows]),
    "\n![recall over false positives](wider-recall.svg)",
  ].join("\n");
}

/** The curves of both weights, as a figure. */
export function widerFigure({ records }: Section<WiderRecord>): Figure {
  const dashes = { easy: "solid", medium: "dash", hard: "dot" } as const;
  const colours = { ours: "right", reference: "wrong" } as const;
  const curves = sides.flatMap((side) =>
    difficulties.map((difficulty) => {
      const { curve, faces } = curveOf(records, side, difficulty);
      return {
        name: `${side}, ${difficulty}`,
        curve,
        faces,
        colour: colours[side],
        dash: dashes[difficulty],
      };
    }),
  );
  const subtitle = `${records.length} photos of WIDER FACE, IoU 0.5`;
  return detectionCurveFigure("Faces found and false positives", subtitle, curves, {
    mostFalsePositives: MOST,
    marked: ALLOWED,
  });
}

function recallCell({ recall, score, reached }: RecallAtFalsePositives): string {
  return `${percent(recall, 2)}${reached ? "" : "*"} (${Number.isFinite(score) ? score.toFixed(3) : "-"})`;
}

function both<T>(of: (side: Side) => T): Both<T> {
  return { ours: of("ours"), reference: of("reference") };
}
