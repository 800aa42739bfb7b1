import sharp, { type Sharp } from "sharp";
import { InputError } from "../errors.js";
import type { Random, RgbImage } from "../types.js";
import { addNoise } from "./add-noise.js";
import { mirrorImage } from "./mirror-image.js";
import { turnImage, warpAboutCentre } from "./turn-image.js";
import { warpImage } from "./warp-image.js";

/** Makes another picture of an image, of the same size. */
type Vary = (image: RgbImage, strength: number, random: Random) => RgbImage | Promise<RgbImage>;

/**
 * Every kind of variation, with what its strength means and the range it must be in. Lengths are in parts of the image's
 * width (of its height for `bar`), so that one strength does the same to a large and to a small image.
 */
const table = {
  /** The image as it is; the strength is not used. */
  plain: { range: [0, 0], vary: (image) => image },
  /** Left and right exchanged; the strength is not used. */
  mirror: { range: [0, 0], vary: (image) => mirrorImage(image) },
  /** Moved by this part of the width, into a direction that is drawn. */
  shift: { range: [0, 1], vary: shift },
  /** Turned about the centre by so many degrees, to a side that is drawn. */
  rotate: { range: [0, 180], vary: rotate },
  /** Enlarged by this factor about the centre; below 1 it is made smaller. */
  scale: { range: [0.1, 10], vary: scale },
  /** Every value times this factor. */
  brightness: { range: [0, 10], vary: (image, factor) => mapValues(image, (value) => value * factor) },
  /** Every value's difference from the image's mean value times this factor. */
  contrast: { range: [0, 10], vary: contrast },
  /** Gaussian blur with this standard deviation. */
  blur: { range: [0.001, 0.5], vary: blur },
  /** Gaussian noise, of its own in each value, with this standard deviation in values of 0..255. */
  noise: { range: [0, 255], vary: addNoise },
  /** Compressed as a JPEG of this quality in 1..100, and decoded. */
  jpeg: { range: [1, 100], vary: jpeg },
  /** Made smaller to this part of the width, and enlarged again. */
  "low-resolution": { range: [0.001, 1], vary: lowResolution },
  /** A grey bar from left to right, so high, somewhere in the middle half of the image. */
  bar: { range: [0, 0.5], vary: bar },
} as const satisfies Record<string, { range: readonly [number, number]; vary: Vary }>;

/** A way to vary an image. */
export type VariationKind = keyof typeof table;

/** Every {@link VariationKind}. */
export const variationKinds: readonly VariationKind[] = Object.keys(table) as VariationKind[];

/** How to vary an image; {@link varyImage} says what the strengths mean. */
export interface Variation {
  readonly kind: VariationKind;
  /** 0 for `plain` and `mirror`. */
  readonly strength: number;
}

/**
 * Varies an image; its size is kept. What comes in from outside of it is black. Strengths: `plain`, `mirror` 0; `shift`
 * in parts of the width; `rotate` in degrees; `scale`, `brightness`, `contrast` as factors; `blur` the standard deviation in
 * parts of the width; `noise` the standard deviation in 0..255; `jpeg` the quality in 1..100; `low-resolution` the part of the
 * width that is left; `bar` the part of the height that is covered.
 * @param random drives directions, places and noise.
 * @throws InputError on an unknown kind or a strength out of its range.
 */
export async function varyImage(
  image: RgbImage,
  { kind, strength }: Variation,
  random: Random,
): Promise<RgbImage> {
  if (!Object.hasOwn(table, kind)) {
    throw new InputError(`unknown variation: ${kind} (expected ${variationKinds.join(", ")})`);
  }
  const { range, vary }: { range: readonly [number, number]; vary: Vary } = table[kind];
  const [least, most] = range;
  if (!(strength >= least && strength <= most)) {
    throw new InputError(`invalid strength of ${kind}: ${strength} (must be a number in ${least}..${most})`);
  }
  return await vary(image, strength, random);
}

function shift(image: RgbImage, part: number, random: Random): RgbImage {
  const angle = 2 * Math.PI * random.uniform();
  const length = part * image.width;
  const map = { a: 1, b: 0, dx: length * Math.cos(angle), dy: length * Math.sin(angle) };
  return warpImage(image, map, image.width, image.height);
}

function rotate(image: RgbImage, degrees: number, random: Random): RgbImage {
  return turnImage(image, random.uniform() < 0.5 ? degrees : -degrees);
}

function scale(image: RgbImage, factor: number): RgbImage {
  return warpAboutCentre(image, 1 / factor, 0);
}

function mapValues({ width, height, data }: RgbImage, change: (value: number) => number): RgbImage {
  const clamped = Uint8ClampedArray.from(data, change);
  return { width, height, data: new Uint8Array(clamped.buffer) };
}

function contrast(image: RgbImage, factor: number): RgbImage {
  const mean = image.data.reduce((sum, value) => sum + value, 0) / image.data.length;
  return mapValues(image, (value) => mean + (value - mean) * factor);
}

function bar(image: RgbImage, part: number, random: Random): RgbImage {
  const { width, height, data } = image;
  const rows = Math.round(part * height);
  const top = Math.round(height / 4 + random.uniform() * (height / 2 - rows));
  const covered = Uint8Array.from(data);
  covered.fill(128, top * width * 3, (top + rows) * width * 3);
  return { width, height, data: covered };
}

const opened = ({ width, height, data }: RgbImage): Sharp =>
  sharp(data, { raw: { width, height, channels: 3 } });

async function closed(image: Sharp): Promise<RgbImage> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

function blur(image: RgbImage, part: number): Promise<RgbImage> {
  // Below 0.3 pixels there is nothing to blur, which sharp refuses.
  return closed(opened(image).blur(Math.max(0.3, part * image.width)));
}

async function jpeg(image: RgbImage, quality: number): Promise<RgbImage> {
  const bytes = await opened(image)
    .jpeg({ quality: Math.round(quality) })
    .toBuffer();
  return closed(sharp(bytes));
}

async function lowResolution(image: RgbImage, part: number): Promise<RgbImage> {
  const { width, height } = image;
  const small = (length: number): number => Math.max(1, Math.round(length * part));
  const reduced = await closed(opened(image).resize(small(width), small(height), { fit: "fill" }));
  return closed(opened(reduced).resize(width, height, { fit: "fill" }));
}
