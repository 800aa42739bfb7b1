import { averageInto, type IntegralImage } from "../images/integral-image.js";
import type { FloatTensor, OnnxSession } from "../inference/onnx-session.js";
import type { Scratch } from "../inference/scratch.js";
import type { MtcnnLevel } from "./mtcnn-stages.js";
import { nonMaximumSuppression, type ScoredBox } from "./non-maximum-suppression.js";

/** Pixels that one output cell of P-Net sees, and how far the next one is. */
const CELL = 12;
const STRIDE = 2;
/** Overlaps above which the weaker proposal is dropped: within one level, and between levels. */
const NMS_WITHIN_LEVEL = 0.5;
const NMS_BETWEEN_LEVELS = 0.7;

/**
 * The scales of the image pyramid: at the first one a face of `minFaceSize` fills P-Net's 12 pixels, each next one
 * is `scaleFactor` times smaller, until the shorter side has fewer than 12 pixels.
 */
export function pyramidScales(
  { width, height }: { width: number; height: number },
  minFaceSize: number,
  scaleFactor: number,
): number[] {
  const scales: number[] = [];
  for (let scale = CELL / minFaceSize; Math.min(width, height) * scale >= CELL; scale *= scaleFactor) {
    scales.push(scale);
  }
  return scales;
}

/**
 * The first stage: P-Net over the pyramid. Returns regressed boxes in photo pixels.
 * @param scratch for the levels, one after the other.
 * @param watch is called with every level; without it the maps are not copied.
 */
export async function proposeBoxes(
  net: OnnxSession,
  image: IntegralImage,
  scales: readonly number[],
  threshold: number,
  scratch: Scratch,
  watch?: (level: MtcnnLevel) => void,
): Promise<ScoredBox[]> {
  const candidates: Candidate[] = [];
  for (const scale of scales) {
    const level = await scoreLevel(net, image, scale, scratch);
    const windows = windowsAbove(threshold, level);
    const kept = nonMaximumSuppression(windows, NMS_WITHIN_LEVEL);
    watch?.(watched(level, windows.length, kept.length));
    candidates.push(...kept);
  }
  return nonMaximumSuppression(candidates, NMS_BETWEEN_LEVELS).map(regress);
}

/** A cell's window, with the corrections that P-Net proposes for it. */
interface Candidate extends ScoredBox {
  readonly correction: readonly [number, number, number, number];
}

/** A level of the pyramid, and P-Net's answers to it. */
interface ScoredLevel {
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  /** 1 x 5 x rows x columns: logit of a face, and four corrections. */
  readonly map: FloatTensor;
}

async function scoreLevel(
  net: OnnxSession,
  image: IntegralImage,
  scale: number,
  scratch: Scratch,
): Promise<ScoredLevel> {
  const width = Math.floor(image.width * scale + 1);
  const height = Math.floor(image.height * scale + 1);
  const data = scratch.floats(3 * width * height);
  const whole = { left: 0, top: 0, right: image.width, bottom: image.height };
  averageInto(image, whole, width, height, data);
  const { map } = await net.run({ image: { dims: [1, 3, height, width], data } });
  if (map === undefined) throw new Error("P-Net has no output map");
  return { scale, width, height, map };
}

function windowsAbove(threshold: number, { scale, map }: ScoredLevel): Candidate[] {
  const [rows, columns] = mapSize(map);
  const plane = rows * columns;
  const leastLogit = Math.log(threshold / (1 - threshold));
  // In single precision, as the reference divides: the floor of 15 / 0.6 differs between the two precisions, and one
  // pixel decides now and then which of two candidates for the same face survives.
  const toPhoto = (value: number): number => Math.floor(Math.fround(value / Math.fround(scale)));
  const found: Candidate[] = [];
  for (let cell = 0; cell < plane; cell++) {
    const logit = map.data[cell] as number;
    if (logit < leastLogit) continue;
    const x = STRIDE * (cell % columns);
    const y = STRIDE * Math.floor(cell / columns);
    const at = (index: number): number => map.data[(index + 1) * plane + cell] as number;
    found.push({
      x1: toPhoto(x + 1),
      y1: toPhoto(y + 1),
      x2: toPhoto(x + CELL),
      y2: toPhoto(y + CELL),
      score: probability(logit),
      correction: [at(0), at(1), at(2), at(3)],
    });
  }
  return found;
}

function watched(
  { scale, width, height, map }: ScoredLevel,
  windows: number,
  candidates: number,
): MtcnnLevel {
  const [rows, columns] = mapSize(map);
  const row = (index: number): number[] =>
    Array.from(map.data.subarray(index * columns, (index + 1) * columns), probability);
  return { scale, width, height, map: Array.from({ length: rows }, (_, i) => row(i)), windows, candidates };
}

function mapSize({ dims }: FloatTensor): [rows: number, columns: number] {
  const [, , rows, columns] = dims as [number, number, number, number];
  return [rows, columns];
}

const probability = (logit: number): number => 1 / (1 + Math.exp(-logit));

function regress({ x1, y1, x2, y2, score, correction }: Candidate): ScoredBox {
  const width = x2 - x1;
  const height = y2 - y1;
  return {
    x1: x1 + correction[0] * width,
    y1: y1 + correction[1] * height,
    x2: x2 + correction[2] * width,
    y2: y2 + correction[3] * height,
    score,
  };
}
