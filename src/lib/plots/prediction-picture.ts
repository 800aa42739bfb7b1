import { InputError } from "../errors.js";
import { composePicture, fitPicture, type Layer } from "../images/compose-picture.js";
import { drawShape } from "../images/draw-shape.js";
import { drawText, type Picture, type TextStyle } from "../images/draw-text.js";
import { trimBlackBorder } from "../images/trim-black-border.js";
import type { RgbImage } from "../types.js";

/** Colours of the text and the bars stand out from what is behind them by at least 4.5 to 1. */
const PAPER = "#f4f5f7";
const CARD = "#ffffff";
const TILE = "#e3e5e8";
const INK = "#1c1f23";
const FAINT = "#5b636d";
const RIGHT = "#1a7f37";
const WRONG = "#c0252d";

const MOST_COLUMNS = 4;

/** One predicted face of a {@link predictionPicture}. */
export interface PredictionCell {
  /** True name; any script, any length, also empty. */
  readonly truth: string;
  /** Predicted name, or null where the answer is `unknown`. */
  readonly predicted: string | null;
  /** In 0..1: of the predicted person, or of the most probable one where the answer is `unknown`. */
  readonly probability: number;
  readonly correct: boolean;
  /** The face that was asked about. */
  readonly probe: RgbImage;
  /** The training face to compare it with. */
  readonly nearest: RgbImage;
  /** Who that is. */
  readonly nearestLabel: string;
  /** Of the two embeddings. */
  readonly distance: number;
}

/** What stands above and below the cards; below, an explanation of the cards follows. */
export interface PredictionPictureOptions {
  readonly title: string;
  readonly footer: string;
}

/** A card's texts and faces, drawn but not placed. */
interface DrawnCard {
  readonly correct: boolean;
  readonly faces: readonly (readonly [face: Picture, caption: Picture | undefined])[];
  readonly mark: Picture;
  readonly answer: Picture | undefined;
  readonly probability: Picture | undefined;
  readonly truth: Picture | undefined;
}

/**
 * Draws predictions as cards: the face that was asked about and the training face it is compared with, side by side, and
 * above them, on a green bar with a tick or a red one with a cross, the predicted name and its probability. Long names go on in
 * a second line and end there in an ellipsis; black borders, which crops have where a face reaches over the photo's, are left
 * away. Up to four cards in a row; fewer cards are drawn larger.
 * @param cells at least one; the faces may have any size and shape.
 * @throws InputError without cells.
 */
export async function predictionPicture(
  cells: readonly PredictionCell[],
  { title, footer }: PredictionPictureOptions,
): Promise<RgbImage> {
  if (cells.length === 0) throw new InputError("nothing to draw: a picture needs at least one prediction");
  const columns = Math.min(MOST_COLUMNS, Math.ceil(Math.sqrt(cells.length)));
  const zoom = columns === 1 ? 2 : columns === 2 ? 1.5 : 1.25;
  const px = (length: number): number => Math.round(length * zoom);
  const [pad, gap, face] = [px(10), px(14), px(150)];
  const cardWidth = 2 * face + 3 * pad;
  const width = columns * cardWidth + (columns + 1) * gap;

  const cards = await Promise.all(cells.map((cell) => drawCard(cell, px)));
  const outer = (text: string, size: number, style: Pick<TextStyle, "colour" | "bold">) =>
    drawText(text, {
      ...style,
      size,
      maxWidth: width - 2 * gap,
      maxHeight: 8 * size,
      align: "left",
      ellipsis: true,
    });
  const heading = await outer(title, px(columns === 1 ? 13 : 19), { colour: INK, bold: true });
  const unknown = cells.some(({ predicted }) => predicted === null);
  const note = await outer(`${footer} ${legend(unknown)}`.trim(), px(columns === 1 ? 12 : 15), {
    colour: FAINT,
  });

  // One height for all: rows of cards stay rows, however long a single name is.
  const tallest = (pictures: readonly (Picture | undefined)[]): number =>
    Math.max(px(24), ...pictures.map((picture) => picture?.height ?? 0));
  const bar = tallest(cards.map(({ answer }) => answer)) + px(12);
  const truthTop = bar + pad;
  const facesTop = truthTop + tallest(cards.map(({ truth }) => truth)) + px(4);
  const captionTop = facesTop + face + px(4);
  const cardHeight =
    captionTop + tallest(cards.flatMap(({ faces }) => faces.map(([, text]) => text))) + px(4);
  const cardsTop = gap + (heading === undefined ? 0 : heading.height + gap);
  const rows = Math.ceil(cells.length / columns);
  const noteTop = cardsTop + rows * (cardHeight + gap);
  const height = noteTop + (note === undefined ? 0 : note.height + gap);

  const box = { width: cardWidth, height: cardHeight };
  const barBox = { width: cardWidth, height: bar };
  const card = await drawShape({ kind: "rectangle" }, box, CARD);
  const bars = {
    right: await drawShape({ kind: "rectangle" }, barBox, RIGHT),
    wrong: await drawShape({ kind: "rectangle" }, barBox, WRONG),
  };
  const layers: Layer[] = [];
  const put = (picture: Picture | undefined, left: number, top: number): void => {
    if (picture) layers.push({ picture, left, top });
  };
  put(heading, gap, gap);
  for (const [i, drawn] of cards.entries()) {
    const left = gap + (i % columns) * (cardWidth + gap);
    const top = cardsTop + Math.floor(i / columns) * (cardHeight + gap);
    put(card, left, top);
    put(drawn.correct ? bars.right : bars.wrong, left, top);
    const middle = ({ height: inner }: Picture): number => top + Math.floor((bar - inner) / 2);
    put(drawn.mark, left + pad, middle(drawn.mark));
    if (drawn.answer) put(drawn.answer, left + pad + drawn.mark.width + px(8), middle(drawn.answer));
    const { probability } = drawn;
    if (probability) put(probability, left + cardWidth - pad - probability.width, middle(probability));
    put(drawn.truth, left + pad, top + truthTop);
    for (const [k, [picture, caption]] of drawn.faces.entries()) {
      put(picture, left + pad + k * (face + pad), top + facesTop);
      put(caption, left + pad + k * (face + pad), top + captionTop);
    }
  }
  put(note, gap, noteTop);
  return composePicture({ width, height }, PAPER, layers);
}

/** What is where on a card; it stands below the cards, where there is room. */
function legend(unknown: boolean): string {
  return unknown
    ? "On the bar: the predicted name and its probability, or unknown and the probability of the most probable person. " +
        "Beside the test face: the nearest training face of the predicted person, or of anybody, and its distance."
    : "On the bar: the predicted name and its probability. " +
        "Beside the test face: the nearest training face of that person, and its distance.";
}

async function drawCard(cell: PredictionCell, px: (length: number) => number): Promise<DrawnCard> {
  const { predicted, probability, correct, distance } = cell;
  const [face, mark, pad] = [px(150), px(20), px(10)];
  const inner = 2 * face + pad;
  const write = (text: string, size: number, maxWidth: number, style: Partial<TextStyle> = {}) =>
    drawText(text, {
      size: px(size),
      colour: INK,
      maxWidth,
      maxHeight: Math.floor(2.6 * px(size)),
      align: "left",
      fullLine: true,
      ellipsis: true,
      ...style,
    });
  const percent = `${(100 * probability).toFixed(1)} %`;
  const white = { colour: CARD, bold: true };
  const sure = await write(predicted === null ? `(${percent})` : percent, 19, inner, white);
  const left = inner - mark - px(16) - (sure?.width ?? 0);
  const whose = predicted === null ? `nearest: ${cell.nearestLabel}` : "training face";
  const beside = `${whose}, ${distance.toFixed(2)}`;
  const caption = (text: string) => write(text, 13, face, { colour: FAINT });
  return {
    correct,
    mark: await drawShape({ kind: correct ? "tick" : "cross" }, { width: mark, height: mark }, CARD),
    answer: await write(predicted === null ? "unknown" : predicted, 19, left, white),
    probability: sure,
    truth: await write(`true: ${cell.truth}`, 19, inner),
    faces: [
      [await fitPicture(trimBlackBorder(cell.probe), face, TILE), await caption("test face")],
      [await fitPicture(trimBlackBorder(cell.nearest), face, TILE), await caption(beside)],
    ],
  };
}
