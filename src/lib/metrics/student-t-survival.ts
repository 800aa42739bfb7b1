import { InputError, requireNumber } from "../errors.js";

/**
 * P(T > t) for Student's t distribution, in 0..1, to about 1e-13 of itself; no cancellation in the upper tail.
 *
 * Half the regularised incomplete beta function I_x(df / 2, 1 / 2), x = df / (df + t^2), by its continued fraction (DLMF 8.17.22).
 * @param t any number, infinite ones too.
 * @param degreesOfFreedom > 0.
 * @throws InputError on degrees of freedom that are not > 0, or a t that is no number.
 */
export function studentTSurvival(t: number, degreesOfFreedom: number): number {
  requireNumber("degreesOfFreedom", degreesOfFreedom, 0);
  if (Number.isNaN(t)) throw new InputError(`invalid t: ${t} (must be a number)`);
  if (Math.abs(t) === Number.POSITIVE_INFINITY) return t > 0 ? 0 : 1;
  const square = (t * t) / degreesOfFreedom;
  const a = degreesOfFreedom / 2;
  // x^a (1 - x)^(1/2) / B(a, 1/2), with x = 1 / (1 + square).
  const logX = -Math.log1p(square);
  const y = square / (1 + square);
  const front = Math.exp(a * logX) * Math.sqrt(y / Math.PI) * gammaRatio(a);
  const x = Math.exp(logX);
  const twoSided =
    x < (a + 1) / (a + 2.5)
      ? (front / a) * betaFraction(a, 0.5, x)
      : 1 - (front / 0.5) * betaFraction(0.5, a, y);
  return t > 0 ? twoSided / 2 : 1 - twoSided / 2;
}

/** Gamma(a + 1/2) / Gamma(a) for a > 0. */
function gammaRatio(a: number): number {
  // The asymptotic series is right to 3e-15 from 64 on; below, the recurrence of Gamma leads there.
  let factor = 1;
  let shifted = a;
  for (; shifted < 64; shifted++) factor *= shifted / (shifted + 0.5);
  const u = 1 / shifted;
  const series = 1 + u * (-1 / 8 + u * (1 / 128 + u * (5 / 1024 + u * (-21 / 32768 + u * (-399 / 262144)))));
  return factor * Math.sqrt(shifted) * series;
}

/** The continued fraction of the incomplete beta function without its front factor, by Lentz's method. */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const keep = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / keep(1 - ((a + b) * x) / (a + 1));
  let result = d;
  // It takes some sqrt(a) steps.
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / keep(1 + even * d);
    c = keep(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / keep(1 + odd * d);
    c = keep(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return result;
}
