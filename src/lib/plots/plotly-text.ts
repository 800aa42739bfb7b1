/**
 * A text for Plotly, which reads tags and entities of a pseudo-HTML in every text, and formulas between dollar signs: the name of a person called
 * `<b>Ada</b>` is shown as it is. A line break becomes a sign.
 * @param longest code points to keep, the last one an ellipsis where there are more. @default all
 */
export function plotlyText(text: string, longest = Number.POSITIVE_INFINITY): string {
  const points = [...text.replaceAll(/\r\n|[\r\n]/g, "\u21b5")];
  const short = points.length > longest ? `${points.slice(0, longest - 1).join("")}\u2026` : points.join("");
  return short
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("$", "&#36;");
}

/** The longest name beside an axis. */
export const TICK_LENGTH = 20;

/** Lines that fit a phone, broken at blanks. @param indent of all lines but the first. */
export function wrapLines(text: string, indent = ""): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1)!;
    if (last !== "" && last.length + 1 + word.length > LINE_LENGTH) lines.push(`${indent}${word}`);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines;
}

const LINE_LENGTH = 42;
