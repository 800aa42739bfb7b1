import { accuracyCurveFigure, lineFigureSvg } from "facelab";
import { describe, expect, it } from "vitest";

const line = { name: "svm", x: [10, 100, 1000], y: [1, 0.9, 0.5] };

function drawn(logarithmic: boolean, lines = [line]): ReturnType<typeof accuracyCurveFigure> {
  return accuracyCurveFigure("More people", "LFW", lines, { xTitle: "people", logarithmic, lowest: 0 });
}

describe("accuracyCurveFigure", () => {
  it("puts a tick at each place, in equal steps for equal factors on a logarithmic axis", () => {
    const { data, layout } = drawn(true);
    expect(data[0]).toMatchObject({ x: [1, 2, 3], y: [100, 90, 50] });
    expect(layout.xaxis).toMatchObject({
      range: [1, 3],
      tickvals: [1, 2, 3],
      ticktext: ["10", "100", "1,000"],
    });
    expect(drawn(false).layout.xaxis).toMatchObject({ range: [10, 1000], tickvals: [10, 100, 1000] });
  });

  it("is drawn with these ticks and no others", () => {
    const svg = lineFigureSvg(drawn(true), 720);
    expect(svg).toMatch(/<text x="380" [^>]*text-anchor="middle"[^>]*>100<\/text>/);
    expect(svg).toContain(">1,000</text>");
    expect(svg).not.toContain(">1.2</text>");
  });

  it("has its lines below a legend of many rows", () => {
    const top = (lines: (typeof line)[]): number =>
      Number(/<clipPath id="frame"><rect x="60" y="(\d+)"/.exec(lineFigureSvg(drawn(true, lines)))![1]);
    expect(top([line])).toBe(84);
    expect(top(Array(12).fill(line))).toBe(116);
  });
});
