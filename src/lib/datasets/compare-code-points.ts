/** Orders strings by code point: the same on every machine and in every language, unlike localeCompare. */
export function compareCodePoints(a: string, b: string): number {
  // The order of UTF-8 bytes is the order of code points; that of UTF-16 units (plain `<`) is not.
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
