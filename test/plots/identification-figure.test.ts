import { identificationFigure, lineFigureSvg } from "facelab";
import { describe, expect, it } from "vitest";

const curve = [
  { fpir: 0.0001, dir: 0.1 },
  { fpir: 0.01, dir: 0.62 },
  { fpir: 0.1, dir: 0.8 },
  { fpir: 1, dir: 0.9 },
];

describe("identificationFigure", () => {
  it("has powers of ten below and percentages above, without what lies left of the axis", () => {
    const { data, layout } = identificationFigure("Unknown?", "LFW", [{ name: "a", curve }], {
      lowest: 1e-3,
    });
    expect(data[0]).toMatchObject({ type: "scatter", mode: "lines", name: "a", y: [62, 80, 90] });
    const x = data[0]!.x as readonly number[];
    for (const [i, power] of [-2, -1, 0].entries()) expect(x[i]).toBeCloseTo(power, 12);
    expect(layout.xaxis).toMatchObject({ range: [-3, 0] });
    expect(layout.yaxis).toMatchObject({ range: [60, 100] });
  });

  it("can be drawn, also where there is nothing to show", () => {
    const lines = [
      { name: "a", curve },
      { name: "b", curve: [] },
    ];
    const svg = lineFigureSvg(identificationFigure("Unknown?", "LFW", lines, { lowest: 1e-3 }));
    expect(svg).toContain(">b</text>");
    expect(svg).not.toContain("NaN");
    const none = lineFigureSvg(identificationFigure("Unknown?", "", lines.slice(1), { lowest: 1e-3 }));
    expect(none).not.toContain("NaN");
  });
});
