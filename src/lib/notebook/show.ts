import { markdownTable } from "markdown-table";
import { InputError } from "../errors.js";
import type { DataFrame } from "../evaluation/comparison-frame.js";
import type { TextTable } from "../evaluation/comparison-table.js";
import { drawFaces } from "../images/draw-faces.js";
import { encodePng } from "../images/encode-png.js";
import { type MosaicRow, mosaic } from "../images/mosaic.js";
import { svgPng } from "../images/svg-png.js";
import type { Figure, Json } from "../plots/figure.js";
import { figureSvg } from "../plots/figure-svg.js";
import type { Detection, RgbImage } from "../types.js";
import { type Cells, moreRows, tableHtml, tableRows } from "./table-html.js";
import { type CellOutput, writeOutput } from "./tslab-output.js";

/** What {@link show} can show. */
export type Showable = DataFrame | TextTable | Figure | RgbImage | readonly MosaicRow[];

/** A detection; one without landmarks is drawn as its box. */
type MarkedDetection = Pick<Detection, "box" | "score"> & Partial<Pick<Detection, "landmarks">>;

/** How {@link show} draws a photo. */
export interface ShowOptions {
  /** Faces found in the photo, drawn with scores in per cent and landmarks; of candidates without landmarks the boxes. @default none */
  readonly faces?: readonly MarkedDetection[];
}

/**
 * Shows something below the cell of a notebook: a danfojs frame or a table of text (at most 20 rows, and how many more there are),
 * a Plotly figure with a static picture (JupyterLab shows that until the mouse is over it), a photo or a crop, or rows of faces as a mosaic. Outside of a notebook it
 * prints what can be printed. Pictures of photos are not kept where notebooks are cleaned for git, charts are.
 * @throws InputError where it is none of these, or a figure has a kind of trace that has no static picture.
 */
export async function show(value: Showable, { faces = [] }: ShowOptions = {}): Promise<void> {
  writeOutput(await output(value, faces));
}

async function output(value: Showable, faces: readonly MarkedDetection[]): Promise<CellOutput> {
  if (isImage(value)) return photoOutput(value, faces);
  if (isFigure(value)) return figureOutput(value);
  if (isFrame(value)) return tableOutput({ columns: value.columns, rows: value.values as unknown[][] });
  if (isRows(value)) return mosaicOutput(value);
  if (isTable(value)) return tableOutput({ columns: value[0] ?? [], rows: value.slice(1) });
  throw new InputError(
    `cannot show: ${typeof value} (must be a frame, a table, a figure, a photo or rows of faces; console.log prints the rest)`,
  );
}

async function photoOutput(image: RgbImage, faces: readonly MarkedDetection[]): Promise<CellOutput> {
  // Candidates are many: their labels would hide them and the photo.
  const marks = faces.map(({ box, score, landmarks }, i) =>
    landmarks === undefined
      ? { box, name: "", detail: "", style: "known" as const }
      : {
          ...{ box, name: String(i + 1), detail: `${(100 * score).toFixed(1)} %` },
          ...{ points: landmarks, style: "known" as const },
        },
  );
  const drawn = marks.length === 0 ? image : await drawFaces(image, marks);
  const noun = faces.every(({ landmarks }) => landmarks !== undefined) ? "face" : "candidate";
  const found = faces.length === 0 ? "" : `, ${faces.length} ${noun}${faces.length === 1 ? "" : "s"} marked`;
  return pictureOutput(drawn, `photo, ${image.width} x ${image.height} pixels${found}`);
}

async function mosaicOutput(rows: readonly MosaicRow[]): Promise<CellOutput> {
  const { image } = await mosaic(rows);
  const count = rows.reduce((sum, { images }) => sum + images.length, 0);
  return pictureOutput(image, `faces of ${rows.length} people, ${count} pictures`);
}

async function pictureOutput(image: RgbImage, text: string): Promise<CellOutput> {
  const png = base64(await encodePng(image));
  return {
    data: { "image/png": png, "text/plain": `[${text}; run the cell to see it]` },
    metadata: { facelab: { picture: "photo" } },
  };
}

async function figureOutput({ data, layout }: Figure): Promise<CellOutput> {
  const svg = figureSvg({ data, layout });
  const { text } = (layout.title ?? {}) as { text?: string };
  return {
    data: {
      "application/vnd.plotly.v1+json": { data, layout, config: { displaylogo: false } } as Json,
      "image/png": base64(await svgPng(svg)),
      "text/plain": `[figure: ${text ?? "without a title"}]`,
    },
    metadata: { facelab: { picture: "chart" } },
  };
}

function tableOutput(cells: Cells): CellOutput {
  const text = markdownTable(tableRows(cells)) + moreRows(cells.rows);
  return { data: { "text/html": tableHtml(cells), "text/plain": text }, metadata: {} };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function isImage(value: unknown): value is RgbImage {
  return isObject(value) && value.data instanceof Uint8Array && typeof value.width === "number";
}

function isFigure(value: unknown): value is Figure {
  return isObject(value) && Array.isArray(value.data) && isObject(value.layout);
}

function isFrame(value: unknown): value is DataFrame {
  return isObject(value) && Array.isArray(value.columns) && Array.isArray(value.values);
}

function isRows(value: unknown): value is readonly MosaicRow[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((row) => isObject(row) && Array.isArray(row.images))
  );
}

function isTable(value: unknown): value is TextTable {
  return Array.isArray(value) && value.every((row) => Array.isArray(row));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
