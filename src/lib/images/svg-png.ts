import sharp from "sharp";

/**
 * Draws a picture of ours as PNG, with the fonts of this machine.
 * @param svg made here: one from elsewhere may pull in further files.
 */
export async function svgPng(svg: string): Promise<Uint8Array> {
  return await sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
}
