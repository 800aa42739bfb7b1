import {
  comparisonFigure,
  confusionFigure,
  type Figure,
  figureSvg,
  InputError,
  probabilityFigure,
  recallFigure,
  rocCurve,
  rocFigure,
} from "facelab";
import { describe, expect, it } from "vitest";
import { type Answered, handMade, hostileLabels } from "./hand-made.js";

/** Attributes of all elements of a kind, numbers as numbers. */
const elements = (svg: string, tag: string): Record<string, string | number>[] =>
  [...svg.matchAll(new RegExp(`<${tag} ([^>]*?)/?>`, "g"))].map(([, attributes]) =>
    Object.fromEntries(
      [...attributes!.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [
        name,
        Number.isNaN(Number(value)) ? value! : Number(value),
      ]),
    ),
  );
const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);
const figure = (data: Figure["data"], layout: Figure["layout"] = {}): Figure => ({ data, layout });
/** The bars or cells, without the paper and the frames of panels. */
const filled = (svg: string) => elements(svg.replaceAll(/<clipPath.*?<\/clipPath>/g, ""), "rect").slice(1);

describe("bars", () => {
  it("are as long as their values", () => {
    const svg = figureSvg(figure([{ type: "bar", x: ["one", "two", "three"], y: [2, 4, 1] }]));
    const [one, two, three] = filled(svg).map(({ height }) => Number(height));
    expect(two! / one!).toBeCloseTo(2, 2);
    expect(three! / one!).toBeCloseTo(0.5, 2);
    expect(texts(svg)).toEqual(expect.arrayContaining(["one", "two", "three"]));
  });

  it("lie where they are horizontal, in the order of the data from below", () => {
    const svg = figureSvg(
      figure([{ type: "bar", orientation: "h", x: [0.2, 0.8], y: ["low", "high"] }], {
        xaxis: { range: [0, 1] },
      }),
    );
    const [low, high] = filled(svg);
    expect(Number(high!.width) / Number(low!.width)).toBeCloseTo(4, 2);
    expect(Number(high!.y)).toBeLessThan(Number(low!.y));
  });

  it("stand on each other or side by side", () => {
    const two = [5, 3].map((value) => ({ type: "bar", x: ["a"], y: [value], name: String(value) }));
    const [below, above] = filled(figureSvg(figure(two, { barmode: "stack", showlegend: false })));
    expect(Number(above!.y) + Number(above!.height)).toBeCloseTo(Number(below!.y), 1);
    expect(above!.x).toBe(below!.x);
    const [left, right] = filled(figureSvg(figure(two, { barmode: "group", showlegend: false })));
    expect(Number(left!.x) + Number(left!.width)).toBeCloseTo(Number(right!.x), 1);
  });
});

describe("points", () => {
  const trace = {
    type: "scatter",
    mode: "markers",
    x: [0, 5, 10],
    y: [0, 1, 4],
    marker: { size: 8, color: ["#111111", "#222222", "#333333"] },
  };
  const layout = { xaxis: { range: [0, 10] }, yaxis: { range: [0, 4] } };
  const places = (svg: string): number[][] =>
    [...svg.matchAll(/translate\(([\d.]+) ([\d.]+)\)/g)].map(([, x, y]) => [Number(x), Number(y)]);

  it("are where their values are, each in its colour", () => {
    const svg = figureSvg(figure([trace], layout));
    const [first, middle, last] = places(svg) as [number[], number[], number[]];
    expect(middle[0]! - first[0]!).toBeCloseTo(last[0]! - middle[0]!, 1);
    expect((first[1]! - last[1]!) / (first[1]! - middle[1]!)).toBeCloseTo(4, 1);
    expect(elements(svg, "circle")).toEqual(
      ["#111111", "#222222", "#333333"].map((fill) => ({ r: 4, fill })),
    );
  });

  it("are left out where they are null, and reversed axes turn them round", () => {
    expect(places(figureSvg(figure([{ ...trace, y: [0, null, 4] }], layout)))).toHaveLength(2);
    const turned = places(figureSvg(figure([trace], { ...layout, yaxis: { autorange: "reversed" } })));
    expect(turned[0]![1]).toBeLessThan(turned[2]![1]!);
  });

  it("have error bars and lines", () => {
    const more = { ...trace, mode: "lines+markers", error_x: { array: [1, 2, 1], arrayminus: [0, 2, 0] } };
    const paths = elements(figureSvg(figure([more], layout)), "path").map(({ d }) => String(d));
    const [from, to] = /^M([\d.]+) [\d.]+H([\d.]+)M/
      .exec(paths.filter((d) => d.includes("H")).at(1)!)!
      .slice(1)
      .map(Number);
    const [, middle] = places(figureSvg(figure([more], layout))) as number[][];
    expect((from! + to!) / 2).toBeCloseTo(middle![0]!, 1);
    expect(paths.some((d) => /^M[\d.]+ [\d.]+L[\d.]+ [\d.]+L/.test(d))).toBe(true);
  });
});

describe("heat maps", () => {
  it("have a cell for each value, from the first colour to the last", () => {
    const colorscale = [
      [0, "#000000"],
      [1, "#ff0000"],
    ];
    const svg = figureSvg(
      figure([
        {
          type: "heatmap",
          z: [
            [0, 1],
            [null, 0.5],
          ],
          colorscale,
          texttemplate: "%{z}",
        },
      ]),
    );
    expect(filled(svg).map(({ fill }) => fill)).toEqual(["rgb(0 0 0)", "rgb(255 0 0)", "rgb(128 0 0)"]);
    expect(texts(svg)).toContain("0.5");
    const [left, right, below] = filled(svg);
    expect([right!.y, below!.x]).toEqual([left!.y, right!.x]);
  });
});

describe("the builders' figures", () => {
  const answers = hostileLabels.map(
    (label, i): Answered => [label, i % 2 ? label : hostileLabels[(i + 1) % hostileLabels.length]!],
  );
  const evaluation = handMade({ "<b>knn</b>": [answers] });
  const curve = rocCurve([0.9, 0.8, 0.3, 0.2].map((score, i) => ({ score, same: i !== 2, fold: 1 })));
  const built: Record<string, Figure> = {
    comparison: comparisonFigure(evaluation),
    confusion: confusionFigure(evaluation, "<b>knn</b>"),
    recall: recallFigure(evaluation, "<b>knn</b>"),
    probability: probabilityFigure(evaluation, "<b>knn</b>"),
    roc: rocFigure("ROC", "", [{ name: "svm", curve }], { lowest: 0.01 }),
  };

  it.each(Object.keys(built))("%s is drawn, names as they are and no tag of theirs", (name) => {
    const svg = figureSvg(built[name]!);
    expect(svg).not.toMatch(/NaN|undefined|<script|<img|<b>/);
    expect(svg).toMatch(/^<svg [^>]*height="\d+"/);
  });

  it("shows names with what they are made of", () => {
    expect(texts(figureSvg(built.recall!))).toContain("&lt;b&gt;Ada&lt;/b&gt; &amp;lt;b&amp;gt…");
    expect(texts(figureSvg(built.recall!))).toContain("🧑‍🚀 明子");
  });

  it("has one cell for each count of the confusion matrix", () => {
    expect(filled(figureSvg(built.confusion!))).toHaveLength(hostileLabels.length);
  });
});

it("refuses what it cannot draw", () => {
  expect(() => figureSvg(figure([{ type: "pie", values: [1] }]))).toThrow(
    new InputError("cannot draw trace: pie (must be scatter, bar or heatmap)"),
  );
  expect(() => figureSvg(figure([{ type: "scatter", mode: "text", x: [1], y: [1] }]))).toThrow(
    /^cannot draw mode: text /,
  );
  expect(() => figureSvg(figure([{ type: "bar", x: [1], y: [1] }], { yaxis: { type: "log" } }))).toThrow(
    /^cannot draw axis: yaxis of type log /,
  );
});
