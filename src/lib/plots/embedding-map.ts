import { principalComponents } from "../classifiers/principal-components.js";
import { type EmbeddedSet, hasFace } from "../pipeline/embedded-set.js";
import type { Random } from "../types.js";
import { FEWEST_FOR_UMAP, umapCoordinates } from "./umap-coordinates.js";

/** A face as a point of a map. */
export interface MapPoint {
  readonly path: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** The faces of a dataset in two dimensions. */
export interface EmbeddingMap {
  readonly kind: "pca" | "umap";
  readonly points: readonly MapPoint[];
  /** Faces in the dataset, of which `points` may be a draw. */
  readonly faces: number;
  /** Of the first and second component of PCA, in 0..1; of UMAP nothing. */
  readonly explained?: readonly number[];
}

const MOST_POINTS = 2000;

/**
 * The faces' embeddings in two dimensions, by PCA and by UMAP; of more than 2,000 faces a seeded draw.
 * @param random drives the draw and UMAP.
 * @returns one map for each method; without UMAP for fewer than five faces, and none without a face.
 */
export function embeddingMaps({ photos }: EmbeddedSet, random: Random): EmbeddingMap[] {
  const all = photos.filter(hasFace);
  const drawn =
    all.length <= MOST_POINTS
      ? [...all.keys()]
      : random
          .fork("map draw")
          .shuffle([...all.keys()])
          .slice(0, MOST_POINTS)
          .sort((a, b) => a - b);
  const faces = drawn.map((index) => all[index]!);
  const dimensions = faces[0]?.embedding.length ?? 0;
  if (dimensions === 0) return [];
  const place = (coordinates: readonly (readonly [number, number])[]): MapPoint[] =>
    faces.map(({ path, label }, i) => ({
      path,
      label,
      x: rounded(coordinates[i]![0]),
      y: rounded(coordinates[i]![1]),
    }));

  const rows = new Float64Array(faces.length * dimensions);
  for (const [i, { embedding }] of faces.entries()) rows.set(embedding, i * dimensions);
  const { transform, explainedVariance } = principalComponents(rows, dimensions, dimensions);
  const total = explainedVariance.reduce((sum, variance) => sum + variance, 0);
  const pca: EmbeddingMap = {
    kind: "pca",
    points: place(
      faces.map(({ embedding }) => {
        const [x = 0, y = 0] = transform(embedding);
        return [x, y];
      }),
    ),
    faces: all.length,
    explained: [0, 1].map((k) => (total > 0 ? (explainedVariance[k] ?? 0) / total : 0)),
  };
  if (faces.length < FEWEST_FOR_UMAP) return [pca];
  const umap = umapCoordinates(
    faces.map(({ embedding }) => embedding),
    random.fork("umap"),
  );
  return [pca, { kind: "umap", points: place(umap), faces: all.length }];
}

/** Four decimals are finer than any screen, and keep the page small. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
