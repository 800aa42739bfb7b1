import { type Landmarks5, type Random, type RgbImage, type Variation, varyImage } from "facelab";

/** A way to spoil a photo, at one of its strengths. */
export interface Condition {
  /** A word of the table: `blur`. */
  readonly kind: string;
  /** In the kind's own measure. */
  readonly strength: number;
  /** @param face where its five points are in the photo as it is. */
  readonly spoil: (image: RgbImage, face: Landmarks5, random: Random) => RgbImage | Promise<RgbImage>;
}

/** A kind of condition, with five strengths from weak to strong. */
export interface ConditionKind {
  readonly kind: string;
  /** What a strength is. */
  readonly measure: string;
  readonly strengths: readonly number[];
}

/** Width of LFW's photos in pixels: strengths are written in pixels of theirs. */
const LFW_WIDTH = 250;

/** Made by `varyImage`. */
const varied: readonly (ConditionKind & { readonly variation: (strength: number) => Variation })[] = [
  {
    kind: "blur",
    measure: "standard deviation, pixels",
    strengths: [1, 2, 3, 4, 6],
    variation: (pixels) => ({ kind: "blur", strength: pixels / LFW_WIDTH }),
  },
  {
    kind: "noise",
    measure: "standard deviation, of 255",
    strengths: [10, 20, 40, 60, 80],
    variation: (strength) => ({ kind: "noise", strength }),
  },
  {
    kind: "JPEG",
    measure: "quality",
    strengths: [40, 20, 10, 5, 2],
    variation: (strength) => ({ kind: "jpeg", strength }),
  },
  {
    kind: "low resolution",
    measure: "pixels left of 250",
    strengths: [125, 62, 38, 25, 19],
    variation: (pixels) => ({ kind: "low-resolution", strength: pixels / LFW_WIDTH }),
  },
  {
    kind: "darkness",
    measure: "light left, %",
    strengths: [50, 20, 10, 5, 2],
    variation: (part) => ({ kind: "brightness", strength: part / 100 }),
  },
  {
    kind: "rotation",
    measure: "degrees",
    strengths: [15, 30, 45, 60, 90],
    variation: (strength) => ({ kind: "rotate", strength }),
  },
];

const barStrengths = { measure: "height, % of eyes to mouth", strengths: [20, 40, 60, 80, 100] };

/** Every kind, in the order of the table. */
export const conditionKinds: readonly ConditionKind[] = [
  ...varied.map(({ kind, measure, strengths }) => ({ kind, measure, strengths })),
  { kind: "bar over the eyes", ...barStrengths },
  { kind: "bar over the mouth", ...barStrengths },
];

/** Every kind at each of its strengths. */
export const conditions: readonly Condition[] = [
  ...varied.flatMap(({ kind, strengths, variation }) =>
    strengths.map(
      (strength): Condition => ({
        kind,
        strength,
        spoil: async (image, _, random) => varyImage(image, variation(strength), random),
      }),
    ),
  ),
  ...barStrengths.strengths.map(
    (strength): Condition => ({
      kind: "bar over the eyes",
      strength,
      spoil: (image, face) => withBar(image, face, [0, 1], strength / 100),
    }),
  ),
  ...barStrengths.strengths.map(
    (strength): Condition => ({
      kind: "bar over the mouth",
      strength,
      spoil: (image, face) => withBar(image, face, [3, 4], strength / 100),
    }),
  ),
];

/**
 * A grey bar over two of the five points, upright, three eye distances wide, which is more than the face is.
 * @param covered two places among the five points, whose middle is the bar's.
 * @param part its height in parts of the distance from the middle of the eyes to the middle of the mouth.
 */
export function withBar(
  { width, height, data }: RgbImage,
  face: Landmarks5,
  covered: readonly [number, number],
  part: number,
): RgbImage {
  const middle = ([i, j]: readonly [number, number]) => ({
    x: (face[i]!.x + face[j]!.x) / 2,
    y: (face[i]!.y + face[j]!.y) / 2,
  });
  const [eyes, mouth, at] = [middle([0, 1]), middle([3, 4]), middle(covered)];
  const half = {
    x: 1.5 * Math.hypot(face[1].x - face[0].x, face[1].y - face[0].y),
    y: 0.5 * part * Math.hypot(mouth.x - eyes.x, mouth.y - eyes.y),
  };
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)));
  const [left, right] = [within(at.x - half.x, width), within(at.x + half.x, width)];
  const barred = Uint8Array.from(data);
  for (let y = within(at.y - half.y, height); y < within(at.y + half.y, height); y++) {
    barred.fill(GREY, (y * width + left) * 3, (y * width + right) * 3);
  }
  return { width, height, data: barred };
}

const GREY = 128;
