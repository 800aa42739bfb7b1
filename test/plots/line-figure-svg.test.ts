import { detectionCurve, detectionCurveFigure, type Figure, InputError, lineFigureSvg } from "facelab";
import sharp from "sharp";
import { describe, expect, it } from "vitest";

const curve = detectionCurve(
  [
    { score: 0.9, outcome: "hit" },
    { score: 0.8, outcome: "false" },
    { score: 0.7, outcome: "hit" },
    { score: 0.6, outcome: "false" },
    { score: 0.5, outcome: "false" },
  ],
  4,
);

function drawn(name = "ours"): Figure {
  const lines = [{ name, curve, faces: 4, colour: "right", dash: "dash" }] as const;
  return detectionCurveFigure("Faces found", "IoU 0.5", lines, { mostFalsePositives: 2, marked: 1 });
}

describe("detectionCurveFigure", () => {
  it("shows the best recall at each number of false positives, up to the last one shown", () => {
    const [line] = drawn().data;
    expect(line).toMatchObject({ x: [0, 1, 2], y: [25, 50, 50], line: { shape: "hv", dash: "dash" } });
  });
});

describe("lineFigureSvg", () => {
  it("draws the line where its numbers are", async () => {
    const svg = lineFigureSvg(drawn(), 720);
    // 0..2 lies between 60 and 700, 0..100 between the bottom and 84.
    const [, path] = /<path d="(M60 [^"]+)" fill="none" stroke="#3d85c6"[^>]*stroke-dasharray/.exec(
      svg.slice(svg.indexOf("<g ")),
    )!;
    const bottom = Number(drawn().layout.height) - 48;
    const at = (recall: number): number => Number((bottom - (recall / 100) * (bottom - 84)).toFixed(2));
    expect(path).toBe(`M60 ${at(25)}H380V${at(50)}H700V${at(50)}`);
    const { data, info } = await sharp(Buffer.from(svg)).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([720, drawn().layout.height]);
    // Something blue on the line between 1 and 2 false positives, dashes aside.
    const row = Math.round(at(50));
    const blue = Array.from({ length: 300 }, (_, i) => (row * 720 + 390 + i) * info.channels).filter(
      (i) => data[i + 2]! - data[i]! > 60,
    );
    expect(blue.length).toBeGreaterThan(100);
  });

  it("leaves a name a name", async () => {
    const svg = lineFigureSvg(drawn("<b>Ada & co</b>"));
    expect(svg).toContain("&lt;b&gt;Ada &amp; co&lt;/b&gt;");
    expect((await sharp(Buffer.from(svg)).metadata()).format).toBe("svg");
  });

  it("refuses what it cannot draw", () => {
    const { data, layout } = drawn();
    const bars = { data: [{ ...data[0]!, type: "bar" }], layout };
    expect(() => lineFigureSvg(bars)).toThrow(
      new InputError("cannot draw trace: bar lines (must be scatter lines)"),
    );
    expect(() => lineFigureSvg({ data, layout: { ...layout, xaxis: {} } })).toThrow(
      new InputError("no rising range of xaxis in the figure"),
    );
  });
});
