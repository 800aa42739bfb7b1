import { InputError, requireInteger } from "../errors.js";

/** Settings of {@link orientedGradients}. */
export interface OrientedGradientsOptions {
  /** Directions, of 180 degrees in all, >= 1. @default 9 */
  readonly orientations?: number;
  /** Width and height of a cell in pixels, >= 1. @default 8 */
  readonly cell?: number;
  /** Width and height of a block in cells, >= 1. @default 2 */
  readonly block?: number;
}

/** Keeps a block without any gradient from being divided by nothing. */
const EPSILON = 1e-5;
/** No direction weighs more than this in a block: an edge in hard light is no more of a face than a soft one. */
const MOST = 0.2;

/**
 * Histograms of oriented gradients (Dalal, Triggs: Histograms of Oriented Gradients for Human Detection, 2005): how strong the edges
 * of each direction are in each cell, made comparable within overlapping blocks (L2-Hys). The same numbers as scikit-image's `hog`,
 * which gives a pixel's edge to one direction and one cell, without interpolation.
 * @param values grey values, row by row.
 * @returns blocks from the left and the top, in each its cells, in each its directions.
 * @throws InputError on an option out of its range, or an image smaller than a block.
 */
export function orientedGradients(
  values: ArrayLike<number>,
  width: number,
  height: number,
  { orientations = 9, cell = 8, block = 2 }: OrientedGradientsOptions = {},
): Float64Array {
  requireInteger("orientations", orientations, 1);
  requireInteger("cell", cell, 1);
  requireInteger("block", block, 1);
  const [columns, rows] = [Math.floor(width / cell), Math.floor(height / cell)];
  if (Math.min(columns, rows) < block) {
    throw new InputError(`image of ${width} x ${height} is smaller than a block (${block * cell} pixels)`);
  }
  const cells = cellHistograms(values, width, height, { orientations, cell, columns, rows });
  const length = block * block * orientations;
  const [across, down] = [columns - block + 1, rows - block + 1];
  const features = new Float64Array(across * down * length);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const start = (y * across + x) * length;
      for (let row = 0; row < block; row++) {
        const from = ((y + row) * columns + x) * orientations;
        const part = cells.subarray(from, from + block * orientations);
        features.set(part, start + row * block * orientations);
      }
      normalise(features.subarray(start, start + length));
    }
  }
  return features;
}

/** The mean strength of the edges of each direction in each cell. */
function cellHistograms(
  values: ArrayLike<number>,
  width: number,
  height: number,
  {
    orientations,
    cell,
    columns,
    rows,
  }: Required<Pick<OrientedGradientsOptions, "orientations" | "cell">> & { columns: number; rows: number },
): Float64Array {
  const cells = new Float64Array(rows * columns * orientations);
  const at = (x: number, y: number): number => values[y * width + x] as number;
  for (let y = 0; y < rows * cell; y++) {
    for (let x = 0; x < columns * cell; x++) {
      // At the border there is only one neighbour, and no gradient.
      const right = x > 0 && x < width - 1 ? at(x + 1, y) - at(x - 1, y) : 0;
      const down = y > 0 && y < height - 1 ? at(x, y + 1) - at(x, y - 1) : 0;
      const angle = (Math.atan2(down, right) * (180 / Math.PI) + 180) % 180;
      const direction = Math.min(orientations - 1, Math.floor((angle * orientations) / 180));
      const place = (Math.floor(y / cell) * columns + Math.floor(x / cell)) * orientations + direction;
      cells[place] = cells[place]! + Math.hypot(right, down) / (cell * cell);
    }
  }
  return cells;
}

/** To unit length, the largest cut off, and to unit length again. */
function normalise(block: Float64Array): void {
  const toUnit = (): void => {
    const length = Math.sqrt(block.reduce((sum, value) => sum + value * value, EPSILON ** 2));
    for (let i = 0; i < block.length; i++) block[i] = block[i]! / length;
  };
  toUnit();
  for (let i = 0; i < block.length; i++) block[i] = Math.min(MOST, block[i]!);
  toUnit();
}
