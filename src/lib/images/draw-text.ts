import sharp from "sharp";

/** An encoded PNG and its size in pixels. */
export interface Picture {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
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
  /** As tall as a line can be, whatever its letters are, so that texts side by side share their baseline. @default false */
  readonly fullLine?: boolean;
}

/**
 * Draws text in any script that the machine has a font for.
 * @returns transparent around the letters and cut close to them; undefined where there is nothing to see, such as an empty name.
 */
export async function drawText(
  text: string,
  { size, colour, maxWidth, maxHeight, align = "right", bold = false, fullLine = false }: TextStyle,
): Promise<Picture | undefined> {
  const visible = xmlText(text).trim();
  // Format characters alone (a zero-width space) draw nothing, which sharp refuses.
  if (/^[\p{Cf}\p{Z}]*$/u.test(visible)) return undefined;
  // The picture ends where the ink does: a bar that cannot be seen reaches from the top of a line to its bottom.
  const strut = fullLine ? '<span alpha="1">|</span>' : "";
  const weight = bold ? ' weight="bold"' : "";
  const draw = (width?: number) =>
    sharp({
      text: {
        text: `<span foreground="${colour}"${weight}>${visible}${strut}</span>`,
        font: `sans-serif ${size}`,
        dpi: 72, // so that points are pixels
        rgba: true,
        wrap: "word-char",
        ...(width === undefined ? {} : { width, align }),
      },
    })
      .png()
      .toBuffer({ resolveWithObject: true });
  let picture = await draw();
  if (picture.info.width > maxWidth) picture = await draw(maxWidth);
  if (picture.info.width > maxWidth || picture.info.height > maxHeight) {
    const { width, height } = picture.info;
    picture = await sharp(picture.data)
      .extract({ left: 0, top: 0, width: Math.min(width, maxWidth), height: Math.min(height, maxHeight) })
      .png()
      .toBuffer({ resolveWithObject: true });
  }
  return { png: picture.data, width: picture.info.width, height: picture.info.height };
}

/** Escapes text for Pango's markup; control characters, which XML cannot hold, become spaces. */
function xmlText(text: string): string {
  return text
    .replaceAll(/\p{Cc}|\p{Cs}/gu, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
