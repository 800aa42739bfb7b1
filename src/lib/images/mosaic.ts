import { InputError, requireInteger } from "../errors.js";
import type { RgbImage } from "../types.js";
import { composePicture, fitPicture, type Layer } from "./compose-picture.js";
import { drawText, type Picture } from "./draw-text.js";

const BACKGROUND = "#fafafa";
const TILE = "#ececec";
const MARGIN = 16;
const GAP = 4;
const NAME_GAP = 12;
const ROW_GAP = 10;
const INK = "#222222";
const FAINT = "#777777";

/** One line of a {@link mosaic}: a person's name and faces. */
export interface MosaicRow {
  readonly label: string;
  readonly images: readonly RgbImage[];
}

/** The size of a {@link mosaic}. */
export interface MosaicOptions {
  /** Width and height of a face in pixels. @default 80 */
  readonly tile?: number;
  /** At most so many people. @default 20 */
  readonly maxRows?: number;
  /** At most so many faces of a person. @default 10 */
  readonly maxColumns?: number;
}

/** A {@link mosaic} and what it does not show. */
export interface Mosaic {
  readonly image: RgbImage;
  /** People and photos that did not fit, also written into the picture. */
  readonly leftOut: { readonly people: number; readonly photos: number };
}

/**
 * Lays out faces as a picture: a row for each person, the name on the left, in the order given. What does not fit is
 * counted at the end of its row (`+3`) and below the last row.
 * @param rows at least one; images of any size and shape are fitted whole into a square.
 * @throws InputError without rows or with an option below 1.
 */
export async function mosaic(
  rows: readonly MosaicRow[],
  { tile = 80, maxRows = 20, maxColumns = 10 }: MosaicOptions = {},
): Promise<Mosaic> {
  requireInteger("tile", tile, 16);
  requireInteger("maxRows", maxRows, 1);
  requireInteger("maxColumns", maxColumns, 1);
  if (rows.length === 0) throw new InputError("nothing to draw: a mosaic needs at least one row");
  const shown = rows.slice(0, maxRows);
  const photosIn = (some: readonly MosaicRow[]): number =>
    some.reduce((sum, row) => sum + row.images.length, 0);
  const drawn = shown.reduce((sum, row) => sum + Math.min(row.images.length, maxColumns), 0);
  const leftOut = { people: rows.length - shown.length, photos: photosIn(rows) - drawn };

  const size = Math.max(12, Math.round(tile / 5));
  const write = (text: string, colour: string) =>
    drawText(text, { size, colour, maxWidth: 3 * tile, maxHeight: tile });
  const lines = await Promise.all(
    shown.map(async ({ label, images }) => ({
      name: await write(label, INK),
      faces: await Promise.all(images.slice(0, maxColumns).map((image) => fitPicture(image, tile, TILE))),
      more: images.length > maxColumns ? await write(`+${images.length - maxColumns}`, FAINT) : undefined,
    })),
  );
  const others = `and ${leftOut.people} more ${leftOut.people === 1 ? "person" : "people"}`;
  const footer = leftOut.people > 0 ? await write(others, FAINT) : undefined;

  const widest = (texts: readonly (Picture | undefined)[]): number =>
    Math.max(...texts.map((text) => text?.width ?? 0));
  const names = MARGIN + widest([...lines.map(({ name }) => name), footer]);
  const faces = names + NAME_GAP;
  const more = faces + Math.max(...lines.map((line) => line.faces.length)) * (tile + GAP);
  const width = more + widest(lines.map((line) => line.more)) + MARGIN;
  const top = (row: number): number => MARGIN + row * (tile + ROW_GAP);
  const height = top(lines.length) - ROW_GAP + (footer ? ROW_GAP + footer.height : 0) + MARGIN;

  const layers: Layer[] = [];
  const put = (picture: Picture | undefined, left: number, y: number): void => {
    if (picture) layers.push({ picture, left, top: y });
  };
  for (const [row, line] of lines.entries()) {
    const middle = (text?: Picture): number => top(row) + Math.floor((tile - (text?.height ?? 0)) / 2);
    put(line.name, names - (line.name?.width ?? 0), middle(line.name));
    for (const [column, face] of line.faces.entries()) put(face, faces + column * (tile + GAP), top(row));
    put(line.more, more, middle(line.more));
  }
  put(footer, names - (footer?.width ?? 0), top(lines.length));
  const image = await composePicture({ width, height }, BACKGROUND, layers);
  return { image, leftOut };
}
