import { mistakes } from "../evaluation/mistakes.js";
import { namesRun } from "./classifier-records.js";
import { comparisonFigure } from "./comparison-figure.js";
import { confusionFigure } from "./confusion-figure.js";
import { type EmbeddingMap, embeddingMaps } from "./embedding-map.js";
import { embeddingMapFigure, mistakeRings } from "./embedding-map-figure.js";
import type { Figure, JsonObject } from "./figure.js";
import { learningCurveFigure } from "./learning-curve-figure.js";
import { probabilityFigure } from "./probability-figure.js";
import { recallFigure } from "./recall-figure.js";
import type { ReportInput } from "./report-input.js";

/** Figures that change with the classifier that is chosen. */
export interface ChoiceFigures {
  readonly confusion: Figure;
  readonly recall: Figure;
  readonly probability: Figure;
  /** What is drawn last on each map. */
  readonly rings: Readonly<Partial<Record<EmbeddingMap["kind"], JsonObject>>>;
}

/** All figures of a report. */
export interface ReportFigures {
  /** By the name that the page gives to their place: comparison, pca, umap, learning-0 and so on. */
  readonly figures: Readonly<Record<string, Figure>>;
  readonly maps: readonly EmbeddingMap["kind"][];
  /** Classifiers with learning curves; the i-th is in the figure `learning-i`. */
  readonly learning: readonly string[];
  /** In the order of the classifiers that were run. */
  readonly choices: readonly ChoiceFigures[];
}

/** Makes the figures of a report. The maps are sent once: of each classifier only the rings around its mistakes. */
export function reportFigures({ set, evaluation, random }: ReportInput): ReportFigures {
  const maps = embeddingMaps(set, random.fork("report"));
  const figures: Record<string, Figure> = { comparison: comparisonFigure(evaluation) };
  for (const map of maps) {
    const { data, layout } = embeddingMapFigure(map);
    figures[map.kind] = { data: data.slice(0, -1), layout };
  }
  const names = namesRun(evaluation);
  const learning = names.flatMap((name) => {
    const curve = learningCurveFigure(evaluation, name);
    return curve === undefined ? [] : [{ name, curve }];
  });
  for (const [i, { curve }] of learning.entries()) figures[`learning-${i}`] = curve;
  const choices = names.map((name): ChoiceFigures => {
    const wrong = new Set(mistakes(evaluation, name).map(({ path }) => path));
    return {
      confusion: confusionFigure(evaluation, name),
      recall: recallFigure(evaluation, name),
      probability: probabilityFigure(evaluation, name),
      rings: Object.fromEntries(maps.map((map) => [map.kind, mistakeRings(map, wrong)])),
    };
  });
  return { figures, maps: maps.map(({ kind }) => kind), learning: learning.map(({ name }) => name), choices };
}
