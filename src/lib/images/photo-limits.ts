import { InputError, requireInteger } from "../errors.js";

/** What a photo may cost, so that one file cannot take all memory. */
export interface PhotoLimits {
  /** Width times height, >= 1; asked of the file's header, before any pixel is decoded. @default 100_000_000 */
  readonly maxPixels?: number;
  /** Of the file on disk, >= 1; asked before it is read. @default 1_000_000_000 */
  readonly maxBytes?: number;
}

const DEFAULTS: Required<PhotoLimits> = { maxPixels: 100_000_000, maxBytes: 1_000_000_000 };

/**
 * The limits that were given, and the usual ones for the others.
 * @throws InputError where one is no whole number >= 1.
 */
export function photoLimits({ maxPixels, maxBytes }: PhotoLimits = {}): Required<PhotoLimits> {
  return {
    maxPixels: requireInteger("maxPixels", maxPixels ?? DEFAULTS.maxPixels, 1),
    maxBytes: requireInteger("maxBytes", maxBytes ?? DEFAULTS.maxBytes, 1),
  };
}

/** @throws InputError as in `too large: 20000 x 20000 pixels, at most 100 million; --max-pixels raises it`. */
export function requireFewPixels(width: number, height: number, maxPixels: number): void {
  if (width * height <= maxPixels) return;
  throw new InputError(
    `too large: ${width} x ${height} pixels, at most ${inMillions(maxPixels)}; --max-pixels raises it`,
  );
}

/** @throws InputError as in `too large: 2000 million bytes, at most 1000 million`. */
export function requireFewBytes(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new InputError(`too large: ${inMillions(bytes)} bytes, at most ${inMillions(maxBytes)}`);
}

function inMillions(count: number): string {
  return count < 1_000_000 ? String(count) : `${Math.floor(count / 1000) / 1000} million`;
}
