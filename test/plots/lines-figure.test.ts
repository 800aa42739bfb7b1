import { InputError, lineFigureSvg, linesFigure, powersOfTen, rocCurve, rocFigure } from "facelab";
import { describe, expect, it } from "vitest";

const lines = Array.from({ length: 9 }, (_, i) => ({ name: `line <${i}>`, x: [0, 1, 2], y: [i, i + 1, i] }));
const axes = { x: powersOfTen("rate", -2.5, 1), y: { title: "share, %", range: [0, 10] as const } };

describe("linesFigure", () => {
  it("tells nine lines apart, and writes names literally", () => {
    const { data, layout } = linesFigure("Title", "", lines, axes);
    expect(new Set(data.map(({ line }) => JSON.stringify(line))).size).toBe(9);
    expect(data[0]!.name).not.toContain("<");
    expect(layout.yaxis).toEqual({ title: { text: "share, %" }, range: [0, 10] });
  });

  it("is a staircase where it is asked for", () => {
    const shape = (stairs?: boolean) =>
      (linesFigure("Title", "", lines, { ...axes, stairs }).data[0]!.line as { shape?: string }).shape;
    expect([shape(), shape(true)]).toEqual([undefined, "hv"]);
  });

  it("has marks at powers of ten, in the drawing, too", () => {
    const figure = linesFigure("Title", "", lines.slice(0, 2), axes);
    expect(figure.layout.xaxis).toMatchObject({
      tickvals: [-2, -1, 0, 1],
      ticktext: ["0.01", "0.1", "1", "10"],
    });
    const svg = lineFigureSvg(figure);
    for (const text of ["0.01", "0.1", "1", "10"])
      expect(svg).toContain(`text-anchor="middle" fill="#333333">${text}</text>`);
    expect(svg).not.toContain(">-2<");
  });
});

describe("rocFigure", () => {
  it("begins at the lowest rate with what is true left of it, and ends at 1", () => {
    const pairs = Array.from({ length: 1000 }, (_, i) => ({ score: 1000 - i, same: i < 400 || i % 2 === 0 }));
    const { data, layout } = rocFigure("Title", "", [{ name: "a", curve: rocCurve(pairs) }], {
      lowest: 1e-2,
    });
    const { x, y } = data[0] as unknown as { x: number[]; y: number[] };
    expect([x[0], x.at(-1), y.at(-1)]).toEqual([-2, 0, 100]);
    // At most three of 300 strangers pass at .01: with them the 400 of one person before, and four up to the fourth stranger.
    expect(y[0]).toBeCloseTo((100 * 404) / 700, 9);
    expect((layout.yaxis as { range: number[] }).range).toEqual([55, 100]);
  });

  it("cannot be drawn with an axis that does not rise", () => {
    const flat = linesFigure("Title", "", lines, { ...axes, y: { title: "", range: [1, 1] } });
    expect(() => lineFigureSvg(flat)).toThrow(InputError);
  });
});
