import {
  comparisonFigure,
  confusionFigure,
  createRandom,
  type EmbeddingMap,
  embeddingMapFigure,
  embeddingMaps,
  type Figure,
  learningCurveFigure,
  plotlyText,
  probabilityFigure,
  recallFigure,
  wilsonInterval,
} from "facelab";
import { describe, expect, it } from "vitest";
import { syntheticSet } from "../evaluation/synthetic-set.js";
import { type Answered, handMade, hostileLabels } from "./hand-made.js";

// biome-ignore lint/suspicious/noExplicitAny: a figure's inside is Plotly's
const inside = (figure: Figure | undefined): { data: any[]; layout: any } => figure as never;

const two: readonly (readonly Answered[])[] = [
  [
    ["Ada", "Ada", 1],
    ["Ada", "Ada", 0.97],
    ["Ada", "Bo", 0.4],
    ["Bo", "Bo", 0.05],
    ["Bo", "?", 0.3],
    ["Bo", "-"],
  ],
  [
    ["Ada", "Ada", 0.5],
    ["Ada", "?", 0.31],
    ["Ada", "Bo", 0.41],
    ["Bo", "Bo", 0],
    ["Bo", "Bo", 0.99],
    ["Bo", "-"],
  ],
];

describe("every figure", () => {
  const labels = hostileLabels;
  const evaluation = handMade({
    "<b>knn</b>": [
      labels.map((label, i): Answered => [label, i % 2 ? label : labels[(i + 1) % labels.length]!]),
    ],
  });
  const figures = [
    comparisonFigure(evaluation),
    confusionFigure(evaluation, "<b>knn</b>"),
    recallFigure(evaluation, "<b>knn</b>"),
    probabilityFigure(evaluation, "<b>knn</b>"),
  ];

  it("is plain JSON", () => {
    for (const figure of figures) expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
  });

  it("shows names as they are: no tag of theirs reaches Plotly", () => {
    for (const figure of figures) {
      const text = JSON.stringify(figure);
      expect(text).not.toMatch(/<(?!br>|i>|\/i>)/);
      expect(text).not.toContain("\\n");
    }
    expect(inside(figures[2]).layout.yaxis.ticktext).toHaveLength(labels.length);
    expect(inside(figures[2]).layout.yaxis.ticktext).toContain("__proto__");
  });

  it("refuses a classifier that was not run", () => {
    for (const make of [confusionFigure, recallFigure, probabilityFigure]) {
      expect(() => make(evaluation, "svm")).toThrow(
        /^no answers of classifier: svm \(expected .*<b>knn<\/b>\)$/,
      );
    }
  });
});

describe("plotlyText", () => {
  it("takes the meaning from tags, entities and line breaks, and shortens by code point", () => {
    expect(plotlyText("<b>&lt;\r\n\r")).toBe("&lt;b&gt;&amp;lt;↵↵");
    expect(plotlyText("$x$")).toBe("&#36;x&#36;");
    expect(plotlyText("🧑🧑🧑🧑", 3)).toBe("🧑🧑…");
    expect(plotlyText("🧑🧑🧑", 3)).toBe("🧑🧑🧑");
  });
});

describe("comparisonFigure", () => {
  it("draws mean and deviation over repeats, of faces and of all photos", () => {
    const { data, layout } = inside(comparisonFigure(handMade({ knn: two })));
    const [faces, all] = data;
    expect(data).toHaveLength(2);
    // Of the faces 3 and 3 of 5, of all 3 and 3 of 6.
    expect(faces.x[0]).toBeCloseTo(60, 10);
    expect(faces.error_x.array[0]).toBeCloseTo(0, 10);
    expect(all.x[0]).toBeCloseTo(50, 10);
    expect(layout.yaxis.ticktext).toEqual(["knn"]);
  });

  it("draws Wilson's interval on a single split, and names what was not run below", () => {
    const once = handMade(
      { knn: [two[0]!.slice(0, 5)], slow: [] },
      { notRun: [{ classifier: "slow", kind: "budget", seconds: 600 }] },
    );
    const { data, layout } = inside(comparisonFigure(once));
    const { low, high } = wilsonInterval(3, 5);
    expect(data).toHaveLength(1);
    expect(data[0].x[0] - data[0].error_x.arrayminus[0]).toBeCloseTo(100 * low, 10);
    expect(data[0].x[0] + data[0].error_x.array[0]).toBeCloseTo(100 * high, 10);
    expect(layout.yaxis.ticktext).toEqual(["knn"]);
    expect(layout.annotations.at(-1).text.replace(/<br> +/, " ")).toBe(
      "slow: not run (about 10 min; --classifiers slow runs it)",
    );
  });
});

describe("confusionFigure", () => {
  it("counts over all repeats, with columns for unknown and no face", () => {
    const { data, layout } = inside(confusionFigure(handMade({ knn: two }), "knn"));
    const [right, wrong] = data;
    expect(layout.xaxis.ticktext).toEqual(["Ada", "Bo", "<i>unknown</i>", "<i>no face</i>"]);
    expect(layout.yaxis.ticktext).toEqual(["Ada", "Bo"]);
    expect(right.z).toEqual([
      [3, null, null, null],
      [null, 3, null, null],
    ]);
    expect(wrong.z).toEqual([
      [null, 2, 1, null],
      [null, null, 1, 2],
    ]);
    expect(wrong.text[0][1]).toBe("Ada<br>answered Bo: 2 of 6");
  });

  it("shows of 45 people the 40 in most mistakes, says so, and drops no answer", () => {
    const names = Array.from({ length: 45 }, (_, i) => `p${String(i).padStart(2, "0")}`);
    // The last ten are taken for p00, which makes eleven people in a mistake.
    const answers = names.map((name, i): Answered => [name, i >= 35 ? "p00" : name]);
    const { data, layout } = inside(confusionFigure(handMade({ knn: [answers] }), "knn"));
    const shown: string[] = layout.yaxis.ticktext;
    expect(shown).toEqual([...names.slice(0, 30), ...names.slice(35)]);
    expect(layout.title.subtitle.text).toContain("the 40 of 45 people in most mistakes");
    expect(data[1].z.flat().filter((count: number | null) => count !== null)).toEqual(Array(10).fill(1));

    // Everybody is wrong, and taken for the next one: the last of the forty for one who is not shown.
    const shifted = names.map((name, i): Answered => [name, names[(i + 1) % 45]!]);
    const ring = inside(confusionFigure(handMade({ knn: [shifted] }), "knn"));
    expect(ring.layout.xaxis.ticktext.slice(40)).toEqual(["<i>somebody else</i>", "<i>unknown</i>"]);
    expect(ring.data[1].z[39][40]).toBe(1);
    expect(ring.data[1].z.flat().filter((count: number | null) => count !== null)).toHaveLength(40);
  });
});

describe("recallFigure", () => {
  it("has the worst first, with n of m", () => {
    const uneven = [two[0]!.slice(0, 5)];
    const { data, layout } = inside(recallFigure(handMade({ knn: uneven }), "knn"));
    expect(layout.yaxis.ticktext).toEqual(["Bo", "Ada"]);
    expect(data[0].x[0]).toBe(50);
    expect(data[0].x[1]).toBeCloseTo(200 / 3, 10);
    expect(data[0].hovertext).toEqual(["Bo<br>1 of 2 photos", "Ada<br>2 of 3 photos"]);
  });

  it("shows the 40 worst of more people, and says so", () => {
    const answers = Array.from({ length: 41 }, (_, i): Answered => [`p${i}`, i === 40 ? "p0" : `p${i}`]);
    const { data, layout } = inside(recallFigure(handMade({ knn: [answers] }), "knn"));
    expect(data[0].x).toEqual([0, ...Array(39).fill(100)]);
    expect(layout.yaxis.ticktext[0]).toBe("p40");
    expect(layout.title.subtitle.text).toBe("one split; the 40 worst of 41 people");
  });
});

describe("probabilityFigure", () => {
  it("has bins of 0.05, right, wrong and unknown apart, the ends included", () => {
    const { data } = inside(probabilityFigure(handMade({ knn: two }), "knn"));
    const counts = (trace: { y: number[] }) =>
      trace.y.flatMap((count, bin) => (count > 0 ? [[bin, count]] : []));
    const [right, wrong, unknown] = data;
    expect(counts(right)).toEqual([
      [0, 1],
      [1, 1],
      [10, 1],
      [19, 3],
    ]);
    expect(counts(wrong)).toEqual([[8, 2]]);
    expect(counts(unknown)).toEqual([[6, 2]]);
    expect([right.name, wrong.name, unknown.name]).toEqual(["right (6)", "wrong name (2)", "unknown (2)"]);
    expect([right.yaxis, wrong.yaxis, unknown.yaxis]).toEqual(["y", "y2", "y2"]);
  });
});

describe("learningCurveFigure", () => {
  it("draws what fits tell of epochs, a line for each repeat, and nothing for others", () => {
    const evaluation = handMade({ knn: two, net: two });
    const fits = evaluation.fits.map((fit) =>
      fit.classifier === "net"
        ? {
            ...fit,
            chosen: {
              loss: [2, 1],
              accuracy: [0.5, 0.75],
              valLoss: fit.repeat ? [] : [3, 2],
              valAccuracy: [],
            },
          }
        : fit,
    );
    expect(learningCurveFigure({ ...evaluation, fits }, "knn")).toBeUndefined();
    const { data } = inside(learningCurveFigure({ ...evaluation, fits }, "net"));
    expect(data.map(({ name, x, y, yaxis }) => [name, x, y, yaxis])).toEqual([
      ["training", [1, 2], [2, 1], "y"],
      ["training", [1, 2], [2, 1], "y"],
      ["validation", [1, 2], [3, 2], "y"],
      ["training", [1, 2], [50, 75], "y2"],
      ["training", [1, 2], [50, 75], "y2"],
    ]);
  });
});

describe("embeddingMaps", () => {
  const spread = (map: EmbeddingMap, label: string) => {
    const own = map.points.filter((point) => point.label === label);
    const middle = (axis: "x" | "y") => own.reduce((sum, point) => sum + point[axis], 0) / own.length;
    return {
      x: middle("x"),
      y: middle("y"),
      radius: Math.max(...own.map((p) => Math.hypot(p.x - middle("x"), p.y - middle("y")))),
    };
  };

  it("keeps people together and apart from others, in both ways, the same for the same seed", () => {
    const set = syntheticSet({ Ada: "x".repeat(20), Bo: "x".repeat(20), Cy: "xx--x" }, { noise: 0.1 });
    const maps = embeddingMaps(set, createRandom(1));
    expect(maps.map(({ kind }) => kind)).toEqual(["pca", "umap"]);
    for (const map of maps) {
      expect(map.points).toHaveLength(43);
      const [ada, bo] = [spread(map, "Ada"), spread(map, "Bo")];
      expect(Math.hypot(ada.x - bo.x, ada.y - bo.y)).toBeGreaterThan(ada.radius + bo.radius);
    }
    expect(embeddingMaps(set, createRandom(1))).toEqual(maps);
    expect(embeddingMaps(set, createRandom(2))[1]).not.toEqual(maps[1]);
    const [first = 0, second = 0] = maps[0]!.explained!;
    expect(first).toBeGreaterThan(second);
    expect(first + second).toBeLessThanOrEqual(1 + 1e-9);
  });

  it.each([
    ["-", []],
    ["x", ["pca"]],
    ["xxxx", ["pca"]],
    ["xxxxx", ["pca", "umap"]],
  ])("makes of %s the maps %j", (marks, kinds) => {
    const maps = embeddingMaps(syntheticSet({ Ada: marks }), createRandom(1));
    expect(maps.map(({ kind }) => kind)).toEqual(kinds);
    for (const { points } of maps) for (const { x, y } of points) expect(Number.isFinite(x + y)).toBe(true);
  });

  it("survives photos that are all the same", () => {
    const set = syntheticSet({ Ada: "xxxxxxxx" }, { noise: 0 });
    for (const { points } of embeddingMaps(set, createRandom(1))) {
      for (const { x, y } of points) expect(Number.isFinite(x + y)).toBe(true);
    }
  });

  it("draws 2,000 of more faces, and says so", () => {
    const set = syntheticSet({ Ada: "x".repeat(1100), Bo: "x".repeat(1000) }, { dimensions: 2 });
    const [pca, umap] = embeddingMaps(set, createRandom(1));
    for (const map of [pca!, umap!]) {
      expect(map.points).toHaveLength(2000);
      expect(new Set(map.points.map(({ path }) => path)).size).toBe(2000);
      const title = inside(embeddingMapFigure(map)).layout.title.subtitle.text;
      expect(title).toContain("2000 of 2100 faces, drawn at random");
    }
  });

  it("marks the photos that were answered wrongly in the last trace", () => {
    const [pca] = embeddingMaps(syntheticSet({ Ada: "xxx", "<i>Bo": "xx" }), createRandom(1));
    const { data } = inside(embeddingMapFigure(pca!, new Set(["<i>Bo/1.jpg"])));
    expect(data.map(({ name }) => name)).toEqual(["Ada", "&lt;i&gt;Bo", "answered wrongly"]);
    expect(data[2].hovertext).toEqual(["&lt;i&gt;Bo<br>&lt;i&gt;Bo/1.jpg<br>answered wrongly"]);
    expect(data[2].x).toEqual([data[1].x[1]]);
  });

  it("shows more than twelve people without a legend of them", () => {
    const people = Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`p${i}`, "x"]));
    const [pca] = embeddingMaps(syntheticSet(people), createRandom(1));
    const { data } = inside(embeddingMapFigure(pca!));
    expect(data).toHaveLength(2);
    expect(new Set(data[0].marker.color).size).toBe(13);
  });
});
