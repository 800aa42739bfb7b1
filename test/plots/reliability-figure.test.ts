import { calibrationCurve, lineFigureSvg, reliabilityFigure } from "facelab";
import { expect, it } from "vitest";

const several = calibrationCurve([0.25, 0.25, 0.75, 0.75, 0.95], [false, true, true, true, true], {
  bins: 4,
});

it("draws the diagonal, and each curve in %", () => {
  const { data } = reliabilityFigure("t", "s", [{ name: "a & b", curve: several }]);
  expect(data[0]).toMatchObject({ x: [0, 100], y: [0, 100] });
  expect(data[1]).toMatchObject({ name: "a &amp; b", x: [25, 75, 95], y: [50, 100, 100] });
});

it("leaves out bins of few answers, and draws one alone as a short level line", () => {
  const { data } = reliabilityFigure("t", "s", [{ name: "a", curve: several.slice(0, 2) }], { fewest: 3 });
  expect(data[1]).toMatchObject({ x: [], y: [] });
  const alone = reliabilityFigure("t", "s", [{ name: "a", curve: several }], { fewest: 2 });
  expect(alone.data[1]).toMatchObject({ x: [25, 75], y: [50, 100] });
  const single = reliabilityFigure("t", "s", [{ name: "a", curve: several.slice(0, 1) }]);
  expect(single.data[1]).toMatchObject({ x: [24, 26], y: [50, 50] });
  expect(lineFigureSvg(single)).toContain("<path");
});
