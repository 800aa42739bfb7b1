import { InputError } from "../errors.js";
import type { RgbImage } from "../types.js";
import { requireFewPixels } from "./photo-limits.js";

const NEWLINE = 0x0a;
const HASH = 0x23;
const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || (byte !== undefined && byte >= 9 && byte <= 13);

/** Says whether bytes begin like a portable grey map or pixel map (P2, P3, P5 or P6). */
export function isPnm(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x50 &&
    [0x32, 0x33, 0x35, 0x36].includes(bytes[1] ?? 0) &&
    (isSpace(bytes[2]) || bytes[2] === HASH)
  );
}

/**
 * Reads a portable grey map (P2, P5) or pixel map (P3, P6); of several images in one file the first.
 * @param bytes the whole file; comments are allowed, maxval may be 1..65535 (two bytes a sample, high byte first).
 * @param maxPixels at most so many, asked before anything is allocated.
 * @returns samples scaled from 0..maxval to 0..255; grey is repeated in red, green and blue.
 * @throws InputError on a damaged header, too many or missing pixels or a sample above maxval.
 * @see https://netpbm.sourceforge.net/doc/pgm.html and ppm.html
 */
export function readPnm(bytes: Uint8Array, maxPixels: number = Number.MAX_SAFE_INTEGER): RgbImage {
  if (!isPnm(bytes)) throw new InputError("not a portable map (expected P2, P3, P5 or P6)");
  const kind = (bytes[1] as number) - 0x30;
  const channels = kind === 3 || kind === 6 ? 3 : 1;
  const header = tokenizer(bytes, 2);
  const width = header.next("width", 1, 1_000_000);
  const height = header.next("height", 1, 1_000_000);
  const maxval = header.next("maxval", 1, 65_535);
  requireFewPixels(width, height, maxPixels);
  const count = width * height * channels;
  // A header may promise more than memory holds, so the file's length is checked before anything is allocated.
  const available = bytes.length - header.position() - 1;
  const needed = kind <= 3 ? 2 * count - 1 : count * (maxval > 255 ? 2 : 1);
  if (available < needed) {
    throw new InputError(
      `truncated: ${width} x ${height} pixels need ${needed} bytes, ${Math.max(available, 0)} are left`,
    );
  }
  const sample = kind <= 3 ? plainSamples(header, maxval) : rawSamples(bytes, header.position() + 1, maxval);
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < count; i++) {
    const value = Math.round((sample(i) * 255) / maxval);
    if (channels === 3) data[i] = value;
    else data.fill(value, 3 * i, 3 * i + 3);
  }
  return { width, height, data };
}

type Tokenizer = ReturnType<typeof tokenizer>;

function plainSamples(tokens: Tokenizer, maxval: number): (i: number) => number {
  return () => tokens.next("sample", 0, maxval);
}

function rawSamples(bytes: Uint8Array, start: number, maxval: number): (i: number) => number {
  const wide = maxval > 255;
  return (i) => {
    const at = start + (wide ? 2 * i : i);
    const value = wide ? (bytes[at] as number) * 256 + (bytes[at + 1] as number) : (bytes[at] as number);
    if (value > maxval) throw new InputError(`invalid sample: ${value} (maxval is ${maxval})`);
    return value;
  };
}

/** Decimal numbers between white space; `#` starts a comment that ends with its line. */
function tokenizer(bytes: Uint8Array, start: number) {
  let at = start;
  const next = (name: string, min: number, max: number): number => {
    while (isSpace(bytes[at]) || bytes[at] === HASH) {
      if (bytes[at] === HASH) while (at < bytes.length && bytes[at] !== NEWLINE) at++;
      at++;
    }
    const first = at;
    let value = 0;
    for (let digit = (bytes[at] ?? 0) - 0x30; digit >= 0 && digit <= 9 && at < bytes.length; ) {
      value = Math.min(value * 10 + digit, Number.MAX_SAFE_INTEGER);
      digit = (bytes[++at] ?? 0) - 0x30;
    }
    if (at === first)
      throw new InputError(at < bytes.length ? `damaged: no number for ${name}` : `truncated: no ${name}`);
    if (value < min || value > max)
      throw new InputError(`invalid ${name}: ${value} (must be in ${min}..${max})`);
    return value;
  };
  return { next, position: () => at };
}
