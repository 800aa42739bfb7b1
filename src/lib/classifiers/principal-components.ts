import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { InputError, requireInteger } from "../errors.js";
import { axpy, dot } from "./vector-operations.js";

/** The directions in which a cloud of points is widest. */
export interface PrincipalComponents {
  /** Of each of the numbers of a row. */
  readonly mean: Float64Array;
  /** Unit vectors, at right angles to each other, widest first; row-major, as many rows as `explainedVariance` has numbers. */
  readonly components: Float64Array;
  /** Variance of the points along each component (divided by n - 1), descending. */
  readonly explainedVariance: Float64Array;
  /** The same as shares of the whole variance. */
  readonly explainedVarianceRatio: Float64Array;
  /** Coordinates along the components of a row as long as `mean`. */
  transform(row: ArrayLike<number>): Float64Array;
}

/**
 * Principal component analysis; as scikit-learn's `PCA(svd_solver="full")`, of each component the number that is largest in absolute value
 * is positive.
 *
 * Where there are fewer rows than numbers in a row, as with pixels, it is the eigenvectors of the small matrix of the rows' inner products that
 * are found (Turk and Pentland, Eigenfaces for Recognition, 1991).
 * @param rows finite numbers, n x dimensions, row-major.
 * @param count components at most; fewer where the points do not spread in so many directions (none for a single point).
 * @throws InputError where `rows` is empty or no multiple of `dimensions`, or `count` is below 1.
 */
export function principalComponents(
  rows: Float64Array,
  dimensions: number,
  count: number,
): PrincipalComponents {
  requireInteger("dimensions", dimensions, 1);
  requireInteger("count", count, 1);
  const size = rows.length / dimensions;
  if (size < 1 || !Number.isInteger(size)) {
    throw new InputError(
      `invalid rows: ${rows.length} numbers (must be a multiple of ${dimensions}, and some)`,
    );
  }
  const mean = new Float64Array(dimensions);
  for (let row = 0; row < size; row++) axpy(1 / size, rows, row * dimensions, mean, dimensions);
  const centred = rows.map((value, i) => value - mean[i % dimensions]!);

  const wide = size < dimensions;
  const { values, vectors } = eigenvectors(
    wide ? innerProducts(centred, size, dimensions) : scatter(centred, size, dimensions),
  );
  // What is left of a direction in which nothing spreads is rounding.
  const least = Math.max(size, dimensions) * Number.EPSILON * Math.max(values[0] ?? 0, 0);
  const kept = values.findIndex((value) => !(value > least));
  const found = Math.min(count, kept < 0 ? values.length : kept);
  const components = new Float64Array(found * dimensions);
  for (let k = 0; k < found; k++) {
    const component = components.subarray(k * dimensions, (k + 1) * dimensions);
    if (wide) {
      for (let row = 0; row < size; row++)
        axpy(vectors.get(row, k), centred, row * dimensions, component, dimensions);
    } else {
      for (let i = 0; i < dimensions; i++) component[i] = vectors.get(i, k);
    }
    orient(component);
  }
  const total = dot(centred, 0, centred, 0, centred.length);
  return {
    mean,
    components,
    explainedVariance: Float64Array.from(values.slice(0, found), (value) => value / Math.max(size - 1, 1)),
    explainedVarianceRatio: Float64Array.from(values.slice(0, found), (value) => value / total),
    transform: projection(mean, components),
  };
}

/** The way from a row to its coordinates along some components. */
export function projection(
  mean: Float64Array,
  components: Float64Array,
): (row: ArrayLike<number>) => Float64Array {
  const dimensions = mean.length;
  return (row) => {
    const centred = mean.map((value, i) => row[i]! - value);
    return Float64Array.from({ length: components.length / dimensions }, (_, k) =>
      dot(components, k * dimensions, centred, 0, dimensions),
    );
  };
}

/** Eigenvalues of a symmetric matrix, largest first, and its eigenvectors as columns in the same order. */
function eigenvectors(symmetric: Matrix): { values: number[]; vectors: Matrix } {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, {
    assumeSymmetric: true,
  });
  const order = [...realEigenvalues.keys()].sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  return {
    values: order.map((i) => realEigenvalues[i]!),
    vectors: eigenvectorMatrix.subMatrixColumn(order),
  };
}

/** Inner products of all pairs of rows. */
function innerProducts(rows: Float64Array, size: number, dimensions: number): Matrix {
  const products = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const product = dot(rows, i * dimensions, rows, j * dimensions, dimensions);
      products.set(i, j, product).set(j, i, product);
    }
  }
  return products;
}

/** Inner products of all pairs of columns. */
function scatter(rows: Float64Array, size: number, dimensions: number): Matrix {
  const columns = new Float64Array(rows.length);
  for (let row = 0; row < size; row++) {
    for (let i = 0; i < dimensions; i++) columns[i * size + row] = rows[row * dimensions + i]!;
  }
  return innerProducts(columns, dimensions, size);
}

/** Scales a vector to length 1, and turns it so that its number of the largest absolute value is positive. */
function orient(vector: Float64Array): void {
  let largest = 0;
  for (const value of vector) if (Math.abs(value) > Math.abs(largest)) largest = value;
  const length = Math.sqrt(dot(vector, 0, vector, 0, vector.length)) * Math.sign(largest);
  for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! / length;
}
