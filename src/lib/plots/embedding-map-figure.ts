import type { EmbeddingMap, MapPoint } from "./embedding-map.js";
import { colours, type Figure, figure, type JsonObject } from "./figure.js";
import { plotlyText } from "./plotly-text.js";

/** With more people than this a legend would be longer than the map. */
const LEGEND_PEOPLE = 12;

const symbols = ["circle", "square", "diamond", "cross", "triangle-up", "star"] as const;

/**
 * A map of the embeddings: colour and shape of a point are its person's; rings are photos that a classifier got wrong.
 * @param wrong paths of these photos. @default none
 */
export function embeddingMapFigure(map: EmbeddingMap, wrong: ReadonlySet<string> = new Set()): Figure {
  const { kind, points, faces, explained = [] } = map;
  const people = [...new Set(points.map(({ label }) => label))];
  const looks = new Map(
    people.map((label, i) => [label, { color: hue(i), symbol: symbols[i % symbols.length]! }]),
  );
  const trace = (own: readonly MapPoint[], name: string): JsonObject => ({
    type: "scatter",
    mode: "markers",
    name,
    showlegend: name !== "",
    x: own.map(({ x }) => x),
    y: own.map(({ y }) => y),
    marker: {
      size: points.length > 400 ? 5 : 8,
      color: own.map(({ label }) => looks.get(label)!.color),
      symbol: own.map(({ label }) => looks.get(label)!.symbol),
    },
    hoverinfo: "text",
    hovertext: own.map(hover),
  });
  const few = people.length <= LEGEND_PEOPLE;
  const traces = few
    ? people.map((person) => {
        const own = points.filter(({ label }) => label === person);
        return trace(own, plotlyText(person, 16));
      })
    : [trace(points, "")];
  const drawn = points.length < faces ? `${points.length} of ${faces} faces, drawn at random` : "";
  const share = explained.map((part) => `${(100 * part).toFixed(1)} %`).join(" and ");
  const about = [
    ...(kind === "pca" ? [`${share} of the variance`] : ["keeps neighbours together"]),
    drawn,
  ].filter((part) => part !== "");
  const axis = { zeroline: false, showticklabels: false };
  return figure(kind === "pca" ? "PCA" : "UMAP", about.join("; "), [...traces, mistakeRings(map, wrong)], {
    height: 440,
    margin: { l: 16, b: 80 },
    showlegend: true,
    legend: { orientation: "h", x: 0, y: -0.03, yanchor: "top", itemsizing: "constant" },
    dragmode: "zoom",
    hovermode: "closest",
    xaxis: axis,
    yaxis: axis,
  });
}

/** The last trace of {@link embeddingMapFigure}: a ring around each photo that was answered wrongly. */
export function mistakeRings({ points }: EmbeddingMap, wrong: ReadonlySet<string>): JsonObject {
  const own = points.filter(({ path }) => wrong.has(path));
  return {
    type: "scatter",
    mode: "markers",
    name: "answered wrongly",
    showlegend: true,
    x: own.map(({ x }) => x),
    y: own.map(({ y }) => y),
    marker: { size: 14, symbol: "circle-open", color: colours.wrong, line: { width: 2 } },
    hoverinfo: "text",
    hovertext: own.map((point) => `${hover(point)}<br>answered wrongly`),
  };
}

function hover({ label, path }: MapPoint): string {
  return `${plotlyText(label)}<br>${plotlyText(path, 60)}`;
}

/** The golden angle apart, so that neighbours in the list differ; of a lightness that is seen on white and on black. */
function hue(index: number): string {
  return `hsl(${Math.round((index * 137.508 + 210) % 360)}, 60%, 52%)`;
}
