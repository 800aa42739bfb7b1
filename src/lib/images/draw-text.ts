import sharp from "sharp";

/** An encoded PNG and its size in pixels. */
export interface Picture {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
}

/** What sharp gives back. */
interface Drawn {
  readonly data: Buffer;
  readonly info: { readonly width: number; readonly height: number };
}

/** How {@link drawText} draws. */
export interface TextStyle {
  /** Height of the letters' line in pixels. */
  readonly size: number;
  /** As `#rrggbb`. */
  readonly colour: string;
  /** Longer text goes on in the next line. */
  readonly maxWidth: number;
  /** Lines below this are cut off. */
  readonly maxHeight: number;
  /** Where the lines of longer text begin. @default "right" */
  readonly align?: "left" | "right" | "centre";
  /** @default false */
  readonly bold?: boolean;
  /** As tall as a line can be, whatever its letters are (accents on capitals aside), so that texts side by side share their baseline. @default false */
  readonly fullLine?: boolean;
  /** End text that is cut in an ellipsis, so that no part of a line is left. @default false */
  readonly ellipsis?: boolean;
}

/**
 * Draws text in any script that the machine has a font for.
 * @returns transparent around the letters and cut close to them; undefined where there is nothing to see, such as an empty name.
 */
export async function drawText(
  text: string,
  {
    size,
    colour,
    maxWidth,
    maxHeight,
    align = "right",
    bold = false,
    fullLine = false,
    ellipsis = false,
  }: TextStyle,
): Promise<Picture | undefined> {
  const visible = printable(text);
  // Format characters alone (a zero-width space) draw nothing, which sharp refuses.
  if (/^[\p{Cf}\p{Z}]*$/u.test(visible)) return undefined;
  // The picture ends where the ink does: a bar that cannot be seen reaches from the top of a line to its bottom.
  const strut = fullLine ? '<span alpha="1">|</span>' : "";
  const weight = bold ? ' weight="bold"' : "";
  const draw = (shown: string, width?: number): Promise<Drawn> =>
    sharp({
      text: {
        text: `<span foreground="${colour}"${weight}>${escapeXml(shown)}${strut}</span>`,
        font: `sans-serif ${size}`,
        dpi: 72, // so that points are pixels
        rgba: true,
        wrap: "word-char",
        ...(width === undefined ? {} : { width, align }),
      },
    })
      .png()
      .toBuffer({ resolveWithObject: true });
  const wrapped = async (shown: string): Promise<Drawn> => {
    const line = await draw(shown);
    return line.info.width > maxWidth ? draw(shown, maxWidth) : line;
  };
  let picture = await wrapped(visible);
  if (ellipsis && picture.info.height > maxHeight) {
    picture = await shortened(visible, wrapped, ({ info }) => info.height <= maxHeight);
  }
  if (picture.info.width > maxWidth || picture.info.height > maxHeight) {
    const { width, height } = picture.info;
    picture = await sharp(picture.data)
      .extract({ left: 0, top: 0, width: Math.min(width, maxWidth), height: Math.min(height, maxHeight) })
      .png()
      .toBuffer({ resolveWithObject: true });
  }
  return { png: picture.data, width: picture.info.width, height: picture.info.height };
}

/**
 * The longest beginning of a text, with an ellipsis, whose drawing fits; an emoji or a letter with its marks counts as one
 * character. Where not even the ellipsis fits, it alone.
 */
async function shortened(
  text: string,
  draw: (shown: string) => Promise<Drawn>,
  fits: (drawn: Drawn) => boolean,
): Promise<Drawn> {
  const characters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)];
  let best = await draw("\u2026");
  let [fitting, tooMany] = [0, characters.length];
  while (tooMany - fitting > 1) {
    const half = Math.floor((fitting + tooMany) / 2);
    const start = characters.slice(0, half).map(({ segment }) => segment);
    const drawn = await draw(`${start.join("").trimEnd()}\u2026`);
    if (fits(drawn)) [fitting, best] = [half, drawn];
    else tooMany = half;
  }
  return best;
}

/** Control characters, which XML cannot hold, become spaces. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}|\p{Cs}/gu, " ").trim();
}

/** Escapes text for Pango's markup. */
function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
