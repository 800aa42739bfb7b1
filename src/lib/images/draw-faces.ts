import sharp, { type OverlayOptions } from "sharp";
import type { Box, Point, RgbImage } from "../types.js";
import { drawText } from "./draw-text.js";
import { placeLabel } from "./place-label.js";

/** Sky blue and orange of Okabe and Ito: apart for every kind of colour vision, and bright enough for black letters. */
const COLOURS = { known: "#56b4e9", unknown: "#e69f00" } as const;
const INK = "#000000";
/** Letters in a smaller picture would be unreadable however they are drawn. */
const LEAST_SIDE = 640;
const MOST_ENLARGED = 10;
const LEAST_LETTER = 8;
const NAME_LENGTH = 32;
const LINES = 4;

/** A face to mark in a picture. */
export interface FaceMark {
  /** In pixels of the picture; where it reaches over the border the line runs along the border. */
  readonly box: Box;
  /** In any script; one longer than 32 letters is cut off with an ellipsis. Without name and detail there is no label. */
  readonly name: string;
  /** Written behind the name, and never cut off for a long one. */
  readonly detail: string;
  /** `known` is drawn blue and solid, `unknown` orange and dashed. */
  readonly style: keyof typeof COLOURS;
  /** Landmarks in pixels of the picture, drawn as dots. @default none */
  readonly points?: readonly Point[];
}

/**
 * Draws a box about each face, with its name and what is said of it. Every line and every label has a dark edge, so that both
 * are seen on bright and on dark photos; line and letters grow with the photo and with the face.
 * @param image is not changed. One with a longer side below 640 pixels is enlarged by a whole factor, at most 10; in what is
 * then still too small for a letter, faces have no label.
 */
export async function drawFaces(image: RgbImage, marks: readonly FaceMark[]): Promise<RgbImage> {
  const factor = Math.min(MOST_ENLARGED, Math.ceil(LEAST_SIDE / Math.max(image.width, image.height)));
  const width = image.width * factor;
  const height = image.height * factor;
  const picture = { width, height };
  const boxes = marks.map(({ box }) => inside(enlarged(box, factor), picture));
  const labels: Box[] = [];
  const lines: OverlayOptions[] = [];
  const texts: OverlayOptions[] = [];
  for (const [i, { name, detail, style, points = [] }] of marks.entries()) {
    const box = boxes[i]!;
    const size = letterSize(box, picture);
    const thickness = Math.max(2, Math.round(Math.min(size / 7, box.width / 10)));
    const padding = Math.round(size / 4);
    lines.push(boxLine(box, { colour: COLOURS[style], dashed: style === "unknown", thickness }, picture));
    if (points.length > 0)
      lines.push(dots(points, { factor, radius: 0.8 * thickness, colour: COLOURS[style] }, picture));
    if (name === "" && detail === "") continue;
    const maxWidth = Math.min(width, Math.max(Math.round(width * 0.45), 14 * size)) - 2 * padding;
    const maxHeight = Math.min(height, LINES * Math.ceil(1.5 * size)) - 2 * padding;
    // Not even one letter would fit.
    if (Math.min(maxWidth, maxHeight) < 2 * size) continue;
    const text = await drawText(labelText(name, detail), {
      size,
      colour: INK,
      align: "left",
      maxWidth,
      maxHeight,
    });
    if (text === undefined) continue;
    const label = { width: text.width + 2 * padding, height: text.height + 2 * padding };
    const place = placeLabel(box, label, picture, { labels, boxes });
    labels.push(place);
    texts.push(labelPlate(place, COLOURS[style]), {
      input: text.png,
      left: place.x + padding,
      top: place.y + padding,
    });
  }
  const { data } = await sharp(image.data, {
    raw: { width: image.width, height: image.height, channels: 3 },
  })
    .resize(width, height, { kernel: "cubic" })
    // All labels above all boxes.
    .composite([...lines, ...texts])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

/** A fifth of the face, within what can be read in a picture of this size. */
function letterSize(box: Box, { width, height }: { width: number; height: number }): number {
  const long = Math.max(width, height);
  return Math.max(LEAST_LETTER, Math.round(Math.min(Math.max(box.width / 5, long / 60), long / 35)));
}

/** Written from left to right, with the name isolated: a script of the other direction does not turn the numbers round. */
function labelText(name: string, detail: string): string {
  const letters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
  const short = letters.length > NAME_LENGTH ? `${letters.slice(0, NAME_LENGTH - 1).join("")}…` : name;
  return `\u200e\u2068${short}\u2069 ${detail.replaceAll(" ", "\u00a0")}`;
}

function enlarged({ x, y, width, height }: Box, factor: number): Box {
  return { x: x * factor, y: y * factor, width: width * factor, height: height * factor };
}

function inside(box: Box, picture: { width: number; height: number }): Box {
  const x = Math.min(Math.max(0, box.x), picture.width - 1);
  const y = Math.min(Math.max(0, box.y), picture.height - 1);
  return {
    x,
    y,
    width: Math.max(1, Math.min(box.x + box.width, picture.width) - x),
    height: Math.max(1, Math.min(box.y + box.height, picture.height) - y),
  };
}

/** The line about a box, as a layer no larger than needed and inside of the picture. */
function boxLine(
  box: Box,
  { colour, dashed, thickness }: { colour: string; dashed: boolean; thickness: number },
  picture: { width: number; height: number },
): OverlayOptions {
  const edge = thickness + 2 * Math.max(1, Math.round(thickness / 3));
  const left = Math.max(0, Math.floor(box.x - edge));
  const top = Math.max(0, Math.floor(box.y - edge));
  const width = Math.min(picture.width, Math.ceil(box.x + box.width + edge)) - left;
  const height = Math.min(picture.height, Math.ceil(box.y + box.height + edge)) - top;
  // Moved inwards by half the edge, so that it is seen whole along the picture's border.
  const rectangle =
    `<rect x="${box.x + edge / 2}" y="${box.y + edge / 2}" fill="none"` +
    ` width="${Math.max(1, box.width - edge)}" height="${Math.max(1, box.height - edge)}"`;
  const dashes = dashed ? ` stroke-dasharray="${4 * thickness} ${3 * thickness}"` : "";
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"` +
    ` viewBox="${left} ${top} ${width} ${height}">` +
    `${rectangle} stroke="${INK}" stroke-opacity="0.7" stroke-width="${edge}"/>` +
    `${rectangle} stroke="${colour}" stroke-width="${thickness}"${dashes}/></svg>`;
  return { input: Buffer.from(svg), left, top };
}

/** Dots at the middles of pixels, as a layer of the picture's size: landmarks may lie outside of the box. */
function dots(
  points: readonly Point[],
  { factor, radius, colour }: { factor: number; radius: number; colour: string },
  { width, height }: { width: number; height: number },
): OverlayOptions {
  const circles = points.map(
    ({ x, y }) =>
      `<circle cx="${(x + 0.5) * factor}" cy="${(y + 0.5) * factor}" r="${radius}" fill="${colour}" stroke="${INK}"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${circles.join("")}</svg>`;
  return { input: Buffer.from(svg), left: 0, top: 0 };
}

function labelPlate({ x, y, width, height }: Box, colour: string): OverlayOptions {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<rect width="${width}" height="${height}" fill="${INK}"/>` +
    `<rect x="1" y="1" width="${Math.max(0, width - 2)}" height="${Math.max(0, height - 2)}" fill="${colour}"/></svg>`;
  return { input: Buffer.from(svg), left: x, top: y };
}
