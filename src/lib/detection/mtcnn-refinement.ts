import { averageInto, type IntegralImage, type PixelRegion } from "../images/integral-image.js";
import type { FloatTensor, OnnxSession } from "../inference/onnx-session.js";
import type { Scratch } from "../inference/scratch.js";
import type { Landmarks5, Point } from "../types.js";
import type { ScoredBox } from "./non-maximum-suppression.js";

/** A candidate after R- or O-Net; landmarks only after O-Net. */
export interface RefinedBox extends ScoredBox {
  readonly landmarks?: Landmarks5;
}

/** A candidate that passed: the square that the network was shown, and the box that it made of it. */
export interface Refinement {
  readonly square: ScoredBox;
  readonly refined: RefinedBox;
}

/** Candidates per run of a network: bounds the memory of a photo with thousands of proposals. */
const BATCH = 256;

/**
 * The second or third stage: cuts every candidate out as a square, runs R-Net or O-Net over all of them in batches,
 * keeps what passes the threshold and moves its corners.
 * @param size input of the network in pixels: 24 for R-Net, 48 for O-Net.
 * @param scratch for the batches, one after the other.
 */
export async function refineBoxes(
  net: OnnxSession,
  image: IntegralImage,
  boxes: readonly ScoredBox[],
  size: number,
  threshold: number,
  scratch: Scratch,
): Promise<Refinement[]> {
  const looks = boxes.map((box) => ({ square: squareAround(box), mirrored: false }));
  const kept: Refinement[] = [];
  await showSquares(
    net,
    image,
    looks,
    size,
    scratch,
    (look, { scores, boxes: corrections, landmarks }, row) => {
      const score = scores.data[2 * row + 1] as number;
      if (score <= threshold) return;
      const scored = { ...look.square, score };
      kept.push({ square: scored, refined: refine(scored, corrections, landmarks, row) });
    },
  );
  return kept;
}

/** A square of the photo, and whether the network is shown its mirror image. */
export interface Look {
  readonly square: ScoredBox;
  readonly mirrored: boolean;
}

/** What R- or O-Net answers to a batch; landmarks only O-Net. */
export interface Answers {
  readonly scores: FloatTensor;
  readonly boxes: FloatTensor;
  readonly landmarks?: FloatTensor;
}

/**
 * Runs R- or O-Net over squares of the photo, in batches; those that lie beside the photo are left out.
 * @param take is called for each of the others, in their order, with the batch's answers and its row in them.
 */
export async function showSquares<T extends Look>(
  net: OnnxSession,
  image: IntegralImage,
  looks: readonly T[],
  size: number,
  scratch: Scratch,
  take: (look: T, answers: Answers, row: number) => void,
): Promise<void> {
  const inside = looks.filter(({ square }) => touches(square, image));
  for (let start = 0; start < inside.length; start += BATCH) {
    const batch = inside.slice(start, start + BATCH);
    const data = scratch.floats(batch.length * 3 * size * size);
    batch.forEach(({ square, mirrored }, row) => {
      const offset = row * 3 * size * size;
      averageInto(image, region(square, image), size, size, data, offset);
      if (mirrored) reverseRows(data.subarray(offset, offset + 3 * size * size), size);
    });
    const { scores, boxes, landmarks } = await net.run({
      image: { dims: [batch.length, 3, size, size], data },
    });
    if (scores === undefined || boxes === undefined) throw new Error("R- or O-Net has no scores or boxes");
    const answers = { scores, boxes, landmarks };
    batch.forEach((look, row) => {
      take(look, answers, row);
    });
  }
}

function reverseRows(planes: Float32Array, size: number): void {
  for (let start = 0; start < planes.length; start += size) planes.subarray(start, start + size).reverse();
}

/** The smallest square around a box's centre that holds it. */
export function squareAround({ x1, y1, x2, y2, score }: ScoredBox): ScoredBox {
  const side = Math.max(x2 - x1, y2 - y1);
  const left = x1 + (x2 - x1) / 2 - side / 2;
  const top = y1 + (y2 - y1) / 2 - side / 2;
  return { x1: left, y1: top, x2: left + side, y2: top + side, score };
}

/**
 * The pixels of a box. The published networks count pixels from 1 and include the last one; this is the same region,
 * counted from 0. What reaches over the border is cut off and the rest stretched to the square, as facenet-pytorch
 * does; the paper's code fills up with black instead, and then faces at the border score differently.
 */
function region(box: ScoredBox, { width, height }: IntegralImage): PixelRegion {
  return {
    left: Math.max(Math.trunc(box.x1) - 1, 0),
    top: Math.max(Math.trunc(box.y1) - 1, 0),
    right: Math.min(Math.trunc(box.x2), width),
    bottom: Math.min(Math.trunc(box.y2), height),
  };
}

function touches(box: ScoredBox, image: IntegralImage): boolean {
  const { left, top, right, bottom } = region(box, image);
  return right > left && bottom > top;
}

function refine(
  box: ScoredBox,
  corrections: FloatTensor,
  landmarks: FloatTensor | undefined,
  row: number,
): RefinedBox {
  const width = box.x2 - box.x1 + 1;
  const height = box.y2 - box.y1 + 1;
  const correction = (index: number): number => corrections.data[4 * row + index] as number;
  const moved = {
    x1: box.x1 + correction(0) * width,
    y1: box.y1 + correction(1) * height,
    x2: box.x2 + correction(2) * width,
    y2: box.y2 + correction(3) * height,
    score: box.score,
  };
  if (landmarks === undefined) return moved;
  return { ...moved, landmarks: landmarksIn(box, landmarks, row) };
}

/** O-Net's five points in photo pixels, of a square that it was shown. */
export function landmarksIn(square: ScoredBox, landmarks: FloatTensor, row: number): Landmarks5 {
  const width = square.x2 - square.x1 + 1;
  const height = square.y2 - square.y1 + 1;
  const point = (index: number): Point => ({
    x: square.x1 - 1 + width * (landmarks.data[10 * row + index] as number),
    y: square.y1 - 1 + height * (landmarks.data[10 * row + 5 + index] as number),
  });
  return [point(0), point(1), point(2), point(3), point(4)];
}
