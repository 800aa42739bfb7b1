import { genuineImpostorThreshold } from "../classifiers/genuine-impostor-threshold.js";
import { dot } from "../classifiers/vector-operations.js";
import type { LfwPhoto } from "../datasets/load-lfw.js";
import type { LfwPair } from "../datasets/read-lfw-lists.js";
import { InputError } from "../errors.js";
import type { LfwEmbeddings } from "../pipeline/lfw-embeddings-file.js";
import { unitVector } from "../unit-vector.js";
import type { VerificationThreshold } from "./verification-threshold.js";

/** Of a million pairs of strangers, a thousand may be taken for one person. */
const STRICT_RATE = 1e-3;

/** What {@link tuneVerification} finds. */
export interface TunedVerification {
  /** The smallest sum of both rates on the pairs to tune on, which are as many of one person as of two: the best accuracy. */
  readonly accurate: VerificationThreshold;
  /** A false accept rate of 1e-3 among the strangers to tune on; a similarity of 1 where these make fewer than a thousand pairs. */
  readonly strict: VerificationThreshold;
  /** Pairs of different people that the two were tuned on. */
  readonly strangers: { readonly accurate: number; readonly strict: number };
  /** Photos of all pairs in which no face was found: their embedding is of the place where faces are on average. */
  readonly withoutFace: number;
}

/**
 * Chooses the thresholds of `verifyPhotos` on View 1 of LFW, as its authors mean it to be used.
 *
 * No pair is left out: where no face was found, the stand-in embedding counts, as LFW's rules want an answer for each pair.
 *
 * 1,100 pairs of different people are too few for a rate of 1e-3, which would be one pair. The strict threshold is therefore chosen
 * on all pairs of different people that the photos of the list make, millions, and judged on those of the other list; its
 * false reject rate is of the other list's pairs of one person.
 * @param train, test View 1's pairsDevTrain and pairsDevTest. @throws InputError where a photo of a pair has no embedding.
 */
export function tuneVerification(
  lfw: LfwEmbeddings,
  train: readonly LfwPair[],
  test: readonly LfwPair[],
): TunedVerification {
  const rows = new Map(lfw.names.map((name, row) => [photoKey({ name, number: lfw.numbers[row]! }), row]));
  const units = lfw.embeddings.map((embedding) => unitVector(embedding));
  const rowOf = (photo: LfwPhoto): number => {
    const row = rows.get(photoKey(photo));
    if (row === undefined) throw new InputError(`no embedding of ${photo.name} ${photo.number} (is it LFW?)`);
    return row;
  };
  const cosine = (a: number, b: number): number => dot(units[a]!, 0, units[b]!, 0, units[a]!.length);
  const scores = (pairs: readonly LfwPair[], same: boolean): Float64Array =>
    Float64Array.from(
      pairs.filter((pair) => pair.same === same).map(({ a, b }) => cosine(rowOf(a), rowOf(b))),
    );
  const photosOf = (pairs: readonly LfwPair[]): number[] => [
    ...new Set(pairs.flatMap(({ a, b }) => [rowOf(a), rowOf(b)])),
  ];
  const strangers = (photos: readonly number[]): Float64Array => {
    const found: number[] = [];
    for (const [i, a] of photos.entries()) {
      for (let j = 0; j < i; j++) {
        const b = photos[j]!;
        if (lfw.names[a] !== lfw.names[b]) found.push(cosine(a, b));
      }
    }
    return Float64Array.from(found);
  };

  const impostors = scores(train, false);
  const accurate = genuineImpostorThreshold(scores(train, true), impostors).threshold;
  const photos = photosOf(train);
  const many = strangers(photos).sort();
  // A thousandth of them are not below it; fewer than a thousand cannot say where that is.
  const strict = many[Math.ceil((1 - STRICT_RATE) * many.length)] ?? 1;
  const genuineTest = scores(test, true);
  const judge = (minCosine: number, different: Float64Array): VerificationThreshold => ({
    minCosine,
    falseAcceptRate: different.filter((score) => score >= minCosine).length / different.length,
    falseRejectRate: genuineTest.filter((score) => score < minCosine).length / genuineTest.length,
  });
  return {
    accurate: judge(rounded(accurate), scores(test, false)),
    strict: judge(rounded(strict), strangers(photosOf(test))),
    strangers: { accurate: impostors.length, strict: many.length },
    withoutFace: [...new Set([...photos, ...photosOf(test)])].filter((row) => !lfw.found[row]).length,
  };
}

/** To the digits that stand in verification-threshold.ts, before the rates are counted. */
function rounded(cosine: number): number {
  return Number(cosine.toFixed(4));
}

function photoKey({ name, number }: LfwPhoto): string {
  return `${name} ${number}`;
}
