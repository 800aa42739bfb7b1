const scratch = new DataView(new ArrayBuffer(8));

/**
 * Rounds a number to half precision (IEEE 754 binary16), to nearest, ties to even; 65,520 and above become infinity.
 * @returns the 16 bits as 0..65535. (Node 20 has no Float16Array.)
 */
export function toHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65_520) return sign | 0x7c00;
  // Below 2^-14 the steps are 2^-24 wide; rounding up to 2^-14 yields the bits of the first normal number by itself.
  if (magnitude < 2 ** -14) return sign | roundEven(magnitude * 2 ** 24);
  scratch.setFloat64(0, magnitude);
  const exponent = ((scratch.getUint16(0) >> 4) & 0x7ff) - 1023;
  const significand = roundEven(magnitude * 2 ** (10 - exponent)); // 1024..2048; 2048 carries into the exponent
  return sign | (((exponent + 15) << 10) + significand - 1024);
}

/** The number that 16 bits of half precision stand for. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function roundEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
