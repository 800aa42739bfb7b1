import type { Recogniser } from "../recognition/recogniser.js";
import type { Embedding } from "../types.js";
import { nearestTwo } from "./nearest-two.js";

/** What is said of one face. */
export interface AttendanceAnswer {
  /** `review`: two people are about as near, and somebody has to look. */
  readonly kind: "person" | "unknown" | "review";
  /** The person named, or the likeliest one. */
  readonly label: string;
  /** For a review the other candidate. */
  readonly other: string;
  /** To the nearest face of `label`, 0..2. */
  readonly distance: number;
  /** How much farther the nearest face of anybody else is than that of `label`; below 0 it is nearer. Infinity where nobody else is enrolled. */
  readonly margin: number;
}

/**
 * Where the second person is less than this farther away it is a close call: on 492 faces of LFW, asked of 41 people with eight photos each, .02
 * sends none of the right answers to review and .05 one; among few and poor photos of people alike many are.
 */
export const REVIEW_MARGIN = 0.02;

/**
 * Says who an embedding is, or that it is nobody, or that it is a close call between two.
 * @param reviewMargin in units of the distance, 0 or more.
 */
export function attendanceAnswer(
  recogniser: Recogniser,
  embedding: Embedding,
  reviewMargin: number = REVIEW_MARGIN,
): AttendanceAnswer {
  const { identity, candidate, distance } = recogniser.identify(embedding);
  const { labels } = recogniser.model;
  const second = nearestTwo(recogniser.gallery, embedding).find(({ person }) => labels[person] !== candidate);
  const margin = (second?.distance ?? Number.POSITIVE_INFINITY) - distance;
  const other = second === undefined ? "" : (labels[second.person] as string);
  const numbers = { label: candidate, distance, margin };
  if (identity.kind === "unknown") return { kind: "unknown", other: "", ...numbers };
  return margin < reviewMargin
    ? { kind: "review", other, ...numbers }
    : { kind: "person", other: "", ...numbers };
}
