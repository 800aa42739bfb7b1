import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawText } from "../../src/lib/dist/images/draw-text.js";

const style = { size: 20, colour: "#102030", maxWidth: 200, maxHeight: 56 };

describe("drawText", () => {
  it("is as tall for every word of a full line", async () => {
    const heights = async (fullLine: boolean): Promise<number> => {
      const drawn = await Promise.all(
        ["ace", "Ada", "gap", "unknown"].map((text) => drawText(text, { ...style, fullLine })),
      );
      return new Set(drawn.map((picture) => picture!.height)).size;
    };
    expect(await heights(true)).toBe(1);
    expect(await heights(false)).toBeGreaterThan(1);
  });

  it("ends text that is too long in an ellipsis, with no part of a line left over", async () => {
    const long = "Maria Magdalena Antonia von der Heide-Wintermantel und zu Bergen auf Rügen";
    const two = await drawText("Maria Magdalena Antonia von", { ...style, ellipsis: true, fullLine: true });
    const drawn = await drawText(long, { ...style, ellipsis: true, fullLine: true });
    expect(two!.height).toBeGreaterThan(30);
    expect(drawn!.height).toBe(two!.height);
    expect(drawn!.width).toBeLessThanOrEqual(200);
    const cut = await drawText(long, { ...style, fullLine: true });
    expect(cut!.height).toBe(56);
  });

  it("draws what fits the same with and without an ellipsis at hand", async () => {
    const [one, other] = await Promise.all(
      [true, false].map((ellipsis) => drawText("Ada & <Bo>", { ...style, ellipsis })),
    );
    expect(one!.png.equals(other!.png)).toBe(true);
  });

  it("shows nothing of what makes a line full", async () => {
    const ink = async (fullLine: boolean): Promise<number> => {
      const { png } = (await drawText("a", { ...style, fullLine }))!;
      const { data } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
      return data.filter((_, i) => i % 4 === 3).reduce((sum, alpha) => sum + alpha, 0);
    };
    expect(Math.abs((await ink(true)) - (await ink(false)))).toBeLessThan(0.02 * (await ink(false)));
  });
});
