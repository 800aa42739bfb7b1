import {
  detectionIdentificationRate,
  falsePositiveIdentificationRate,
  type IdentificationProbe,
  identificationThreshold,
} from "facelab";
import { type UnknownMethod, unknownMethods } from "./05-methods.js";
import { type Role, rightColumn, scoreColumn } from "./05-scores.js";
import { flags, numbers, type Records, texts } from "./records.js";

/** One photo and the candidate for it. */
export interface PersonProbe extends IdentificationProbe {
  readonly person: string;
}

/** A method in one repeat. */
export type ByRole = Readonly<Record<Role, readonly PersonProbe[]>>;

/** A method in every repeat. */
export interface MeasuredMethod {
  readonly method: UnknownMethod;
  readonly repeats: readonly ByRole[];
}

/** What a threshold comes to. */
export interface OperatingPoint {
  readonly threshold: number;
  readonly dir: number;
  /** Reached on the test strangers. */
  readonly fpir: number;
  /** Whether three false positives are to be expected among the threshold strangers, and among the test strangers. */
  readonly sufficient: boolean;
}

/** The records, method by method and repeat by repeat; a photo without a candidate scores -Infinity. */
export function measuredMethods({ tables }: Records): MeasuredMethod[] {
  const probes = tables.probes ?? {};
  const [repeat, role, person] = [numbers(probes, "repeat"), texts(probes, "role"), texts(probes, "person")];
  const repeats = Math.max(...numbers(tables.fits ?? {}, "repeat"));
  return unknownMethods.map((method) => {
    const scores = probes[scoreColumn(method.name)] ?? [];
    const right = flags(probes, rightColumn(method.name));
    const own = Array.from({ length: repeats }, (): Record<Role, PersonProbe[]> => {
      return { enrolled: [], threshold: [], test: [] };
    });
    for (const [i, number] of repeat.entries()) {
      const score = (scores[i] as number | null) ?? Number.NEGATIVE_INFINITY;
      own[number - 1]![role[i] as Role].push({ person: person[i]!, score, right: right[i]! });
    }
    return { method, repeats: own };
  });
}

/** The threshold that names at most `fpir` of the threshold strangers, and what it comes to on everybody else. */
export function operatingPoint(probes: ByRole, fpir: number): OperatingPoint {
  const { threshold, sufficient } = identificationThreshold(scoresOf(probes.threshold), fpir);
  const { sufficient: enough } = identificationThreshold(scoresOf(probes.test), fpir);
  return { ...ratesAt(probes, threshold), sufficient: sufficient && enough };
}

/** What a given threshold comes to. */
export function ratesAt(probes: ByRole, threshold: number): Omit<OperatingPoint, "sufficient"> {
  return {
    threshold,
    dir: detectionIdentificationRate(probes.enrolled, threshold),
    fpir: falsePositiveIdentificationRate(scoresOf(probes.test), threshold),
  };
}

/** Whether a photo names nobody at any threshold. */
export function silent({ score }: PersonProbe): boolean {
  return score === Number.NEGATIVE_INFINITY;
}

/** Of some numbers, at least one. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function scoresOf(probes: readonly PersonProbe[]): number[] {
  return probes.map(({ score }) => score);
}
