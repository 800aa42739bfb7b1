import type { RgbImage } from "../types.js";

/**
 * Bits in which two hashes of one picture may differ. Measured: of 821 photos (LFW, celebrities, ORL) every one was still known after
 * being resized to a third up to twice its size, after JPEG 20, darker by 0.7 and in grey; 99 % brighter by 1.2 (where highlights are
 * lost), 97 % with 1 % cut off on all sides and 60 % with 2 %; of 5 % it knows 2 %. Of the 87 million pairs of LFW's 13,233 photos 28 are as
 * near, among them the copies under two names that LFW's errata list; 8 bits would be 103 groups, most of them wrong. In a
 * series made in a studio, as ORL, photos of one moment are as near too (61 of 79,800 pairs): why this is said, and nothing is moved.
 */
export const alikeBits = 6;

/** The picture is looked at as so many pixels on each side. */
const SIZE = 32;
/** So many waves in each direction: 8 x 8 bits. */
const WAVES = 8;
/** Amplitude in values of 0..255: where no wave is stronger, the bits would be those of noise. */
const FLAT = 1;

/** waves[u][x]: cosine u + 1 of the discrete cosine transform (DCT-II) at pixel x. */
const waves = Array.from({ length: WAVES }, (_, u) =>
  Float64Array.from({ length: SIZE }, (_, x) => Math.cos((Math.PI * (u + 1) * (2 * x + 1)) / (2 * SIZE))),
);

/**
 * A perceptual hash (pHash): two files of one picture, resized, recompressed, darker, or in grey, differ in few of its 64 bits; pictures
 * of different moments in about half of them. The picture is reduced to 32 x 32 grey values; of its low waves, 1 to 8 in both directions,
 * each bit says whether that wave is stronger than the median one.
 * @returns 16 hexadecimal digits; undefined of a picture without such waves: in one colour, or one that only changes from left to right or from above to below.
 */
export function imageHash(image: RgbImage): string | undefined {
  const grey = averages(image);
  const strengths = transform(grey);
  // A wave of amplitude 1 sums up to a quarter of the values' number.
  if (strengths.every((strength) => Math.abs(strength) < (FLAT * grey.length) / 4)) return undefined;
  const [low = 0, high = 0] = [...strengths].sort((a, b) => a - b).slice(strengths.length / 2 - 1);
  const bits = strengths.map((strength) => (strength > (low + high) / 2 ? "1" : "0")).join("");
  const byte = (i: number): string => Number.parseInt(bits.slice(8 * i, 8 * i + 8), 2).toString(16);
  return Array.from({ length: bits.length / 8 }, (_, i) => byte(i).padStart(2, "0")).join("");
}

/** The mean grey value of each of 32 x 32 equal rectangles; pixels on a border count in part. */
function averages({ width, height, data }: RgbImage): Float64Array {
  const grey = new Float64Array(SIZE * SIZE);
  const row = new Float64Array(SIZE);
  // Of the row so far: the sum of its first x values, which a border within a pixel cuts in proportion.
  const sums = new Float64Array(width + 1);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel += 3) {
      const value = 0.299 * data[pixel]! + 0.587 * data[pixel + 1]! + 0.114 * data[pixel + 2]!;
      sums[x + 1] = sums[x]! + value;
    }
    for (let x = 0; x < SIZE; x++) {
      row[x] = sumBefore(sums, ((x + 1) * width) / SIZE) - sumBefore(sums, (x * width) / SIZE);
    }
    for (let cell = Math.floor((y * SIZE) / height); (cell * height) / SIZE < y + 1; cell++) {
      const top = Math.max(y, (cell * height) / SIZE);
      const share = Math.min(y + 1, ((cell + 1) * height) / SIZE) - top;
      for (let x = 0; x < SIZE; x++) grey[cell * SIZE + x]! += share * row[x]!;
    }
  }
  return grey.map((sum) => (sum * SIZE * SIZE) / (width * height));
}

function sumBefore(sums: Float64Array, x: number): number {
  const whole = Math.floor(x);
  const next = sums[Math.min(whole + 1, sums.length - 1)]!;
  return sums[whole]! + (x - whole) * (next - sums[whole]!);
}

/** The strengths of the low waves: rows from the longest vertical one. */
function transform(grey: Float64Array): number[] {
  const strengths: number[] = [];
  const rows = new Float64Array(SIZE * WAVES);
  for (let y = 0; y < SIZE; y++) {
    for (let u = 0; u < WAVES; u++) {
      for (let x = 0; x < SIZE; x++) rows[y * WAVES + u]! += waves[u]![x]! * grey[y * SIZE + x]!;
    }
  }
  for (let v = 0; v < WAVES; v++) {
    for (let u = 0; u < WAVES; u++) {
      let strength = 0;
      for (let y = 0; y < SIZE; y++) strength += waves[v]![y]! * rows[y * WAVES + u]!;
      strengths.push(strength);
    }
  }
  return strengths;
}
