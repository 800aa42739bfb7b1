import { escapeHtml } from "./html.js";

export const INK = "#333333";
export const FONT = 'font-family="sans-serif"';
/** Pixels that a letter of 11 pixels takes on average: for room beside an axis, which nobody can measure here. */
export const LETTER = 6.3;

const ENTITIES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&#36;": "$", "&amp;": "&" };

/** A text of Plotly, with its tags and entities, as lines of plain text. */
export function plainLines(text: unknown): string[] {
  return String(text ?? "")
    .split(/<br ?\/?>/)
    .map((line) =>
      line
        .replaceAll(/<[^>]*>/g, "")
        .replaceAll(/&(lt|gt|#36|amp);/g, (entity) => ENTITIES[entity] ?? entity),
    );
}

export interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly size?: number;
  readonly colour?: string;
  /** Degrees clockwise about the place. */
  readonly turn?: number;
}

/** A text of Plotly in an SVG, further lines below the first. */
export function svgText(
  text: unknown,
  { x, y, anchor = "start", size = 11, colour = INK, turn = 0 }: TextPlace,
): string {
  const turned = turn === 0 ? "" : ` transform="rotate(${turn} ${round(x)} ${round(y)})"`;
  return plainLines(text)
    .map(
      (line, i) =>
        `<text x="${round(x)}" y="${round(y + 1.3 * size * i)}" font-size="${size}" ${FONT} text-anchor="${anchor}" fill="${colour}"${turned}>${escapeHtml(line)}</text>`,
    )
    .join("");
}

/** Two digits of a pixel are enough. */
export function round(value: number): number {
  return Number(value.toFixed(2));
}
