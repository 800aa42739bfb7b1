/**
 * Something that the user can put right: a path, an option, a file's content.
 * The message is lower case and names the problem, the value and the remedy; the CLI prints it without a stack trace.
 */
export class InputError extends Error {
  override readonly name = "InputError";
}

/**
 * Checks a whole number against a range.
 * @throws InputError as in `invalid k: 0 (must be an integer >= 1)`.
 */
export function requireInteger(
  name: string,
  value: number,
  min: number,
  max = Number.MAX_SAFE_INTEGER,
): number {
  if (!Number.isInteger(value) || value < min || value > max) {
    const range = max === Number.MAX_SAFE_INTEGER ? `an integer >= ${min}` : `an integer in ${min}..${max}`;
    throw new InputError(`invalid ${name}: ${value} (must be ${range})`);
  }
  return value;
}

/**
 * Checks a number against an open or half-open interval.
 * @param above the value must be greater than this.
 * @param atMost the value must not be greater than this.
 * @throws InputError as in `invalid scaleFactor: 2 (must be a number > 0 and <= 0.95)`.
 */
export function requireNumber(
  name: string,
  value: number,
  above: number,
  atMost = Number.POSITIVE_INFINITY,
): number {
  if (!Number.isFinite(value) || value <= above || value > atMost) {
    const upper = Number.isFinite(atMost) ? ` and <= ${atMost}` : "";
    throw new InputError(`invalid ${name}: ${value} (must be a number > ${above}${upper})`);
  }
  return value;
}
