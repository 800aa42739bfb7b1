import { type Box, boxOverlap, type Detection, type DiskCache, matchBoxes } from "facelab";
import { detectIn } from "./detect-in.js";
import type { PhotoSet, PhotoSetName } from "./photo-sets.js";
import type { Section } from "./sections.js";
import { type Both, detectorsOf, forBoth, type SideOptions, type WeightsUsed, weightsUsed } from "./sides.js";

/** Sides of the smallest face to look for, in pixels. */
export const MIN_FACES = [20, 40] as const;
/** What counts as a face of the reference that has to be found. */
export const SURE = 0.9;
/** Least overlap of two boxes of one face, and of a box of ours with one of the reference that says it is nothing extra. */
export const SAME_FACE = 0.5;
export const NOT_EXTRA = 0.3;

interface Place {
  readonly minFace: number;
  readonly set: PhotoSetName;
  readonly photo: string;
}

/** A photo; a sure face of the reference, with the box of ours that it was paired with; or an extra box of ours. */
export type BoxRecord =
  | (Place & { readonly kind: "photo"; readonly ours: number; readonly reference: number })
  | (Place & FaceOutcome)
  | (Place & ExtraBox);

interface FaceOutcome {
  readonly kind: "face";
  readonly box: Box;
  readonly score: number;
  /** With our box, where it was paired with one. */
  readonly overlap: number | null;
  readonly ourScore: number | null;
}

interface ExtraBox {
  readonly kind: "extra";
  readonly box: Box;
  readonly score: number;
  /** With whatever box of the reference is nearest. */
  readonly nearest: number;
}

/**
 * What two detectors' boxes in one photo have in common, each at its own thresholds. A sure face of the reference (score >= 0.9) is found
 * where it is paired with a box of ours at an overlap >= 0.5. A box of ours is extra where it stays alone when all boxes of both are paired at an overlap >= 0.3.
 */
export function compareBoxes(
  ours: readonly Detection[],
  reference: readonly Detection[],
): (FaceOutcome | ExtraBox)[] {
  const boxes = (found: readonly Detection[]): Box[] => found.map(({ box }) => box);
  const sure = reference.filter(({ score }) => score >= SURE);
  const found = new Map(matchBoxes(boxes(ours), boxes(sure), SAME_FACE).map((pair) => [pair.second, pair]));
  const paired = new Set(matchBoxes(boxes(ours), boxes(reference), NOT_EXTRA).map(({ first }) => first));
  const faces = sure.map(({ box, score }, i): FaceOutcome => {
    const pair = found.get(i);
    const ourScore = pair === undefined ? null : ours[pair.first]!.score;
    return { kind: "face", box, score, overlap: pair?.overlap ?? null, ourScore };
  });
  const extras = ours
    .filter((_, i) => !paired.has(i))
    .map(({ box, score }): ExtraBox => {
      const nearest = Math.max(0, ...reference.map((other) => boxOverlap(box, other.box)));
      return { kind: "extra", box, score, nearest };
    });
  return [...faces, ...extras];
}

/** Boxes of both weights on every photo of the sets. */
export async function boxesSection(
  sets: readonly PhotoSet[],
  options: Both<SideOptions>,
  cache: DiskCache | undefined,
  onPhoto: () => void,
): Promise<Section<BoxRecord>> {
  const records: BoxRecord[] = [];
  const weights: Both<WeightsUsed>[] = [];
  for (const minFace of MIN_FACES) {
    const detectors = await detectorsOf(options, { minFaceSize: minFace });
    weights.push(weightsUsed(detectors));
    for (const { name: set, photos } of sets) {
      for (const { name: photo, path } of photos) {
        const { ours, reference } = await forBoth((side) => detectIn(path, detectors[side], cache));
        const place = { minFace, set, photo };
        records.push({ ...place, kind: "photo", ours: ours.length, reference: reference.length });
        records.push(...compareBoxes(ours, reference).map((outcome) => ({ ...place, ...short(outcome) })));
        onPhoto();
      }
    }
  }
  return {
    about: { weights: weights[0]!, settings: { sets: sets.map(({ name }) => name).join(","), sure: SURE } },
    records,
  };
}

/** Hundredths of a pixel, and six digits of a score. */
function short<T extends FaceOutcome | ExtraBox>(outcome: T): T {
  const { x, y, width, height } = outcome.box;
  const [left, top, w, h] = [x, y, width, height].map((value) => Number(value.toFixed(2))) as [
    number,
    number,
    number,
    number,
  ];
  const rest = Object.fromEntries(
    Object.entries(outcome).map(([key, value]) => [
      key,
      typeof value === "number" ? Number(value.toFixed(6)) : value,
    ]),
  ) as unknown as T;
  return { ...rest, box: { x: left, y: top, width: w, height: h } };
}
