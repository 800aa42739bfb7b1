import sharp from "sharp";
import type { Picture } from "./draw-text.js";

/** What {@link drawShape} draws: a filled rectangle, or a tick or a cross made of lines. */
export interface Shape {
  readonly kind: "rectangle" | "tick" | "cross";
}

/** In a square of 24 x 24. */
const strokes = { tick: "M4 13 L10 19 L20 5", cross: "M5 5 L19 19 M19 5 L5 19" } as const;

/**
 * Draws a shape of one colour; it is transparent elsewhere. A mark needs no font.
 * @param size width and height in whole pixels, at least 1.
 * @param colour as `#rrggbb`.
 */
export async function drawShape(
  shape: Shape,
  { width, height }: { readonly width: number; readonly height: number },
  colour: string,
): Promise<Picture> {
  const drawn =
    shape.kind === "rectangle"
      ? `<rect width="${width}" height="${height}" fill="${colour}"/>`
      : `<svg width="${width}" height="${height}" viewBox="0 0 24 24"><path d="${strokes[shape.kind]}" fill="none" ` +
        `stroke="${colour}" stroke-width="4.5" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${drawn}</svg>`;
  const png = await sharp(Buffer.from(svg)).png({ compressionLevel: 0 }).toBuffer();
  return { png, width, height };
}
