import { oncePerLesson } from "./lesson.js";

/** What {@link check} found. */
export type Verdict = { readonly kind: "right" } | { readonly kind: "wrong"; readonly hint: string };

/** One exercise of a notebook. What is right and what is not is computed from the data in use when it is asked for. */
export interface Exercise {
  judge(answer: unknown): Promise<Verdict>;
  /** Answers that are right, and plausible ones that are not: what tests, and teachers, try. */
  examples(): Promise<{ readonly right: readonly unknown[]; readonly wrong: readonly unknown[] }>;
}

/** A plausible wrong answer, and what to say to it. */
export interface Mistake<T> {
  readonly value: T;
  readonly hint: string;
}

/** Says that an answer is right. */
export const right: Verdict = { kind: "right" };

/** Says what is wrong with an answer. */
export function wrong(hint: string): Verdict {
  return { kind: "wrong", hint };
}

/** What a number is compared with. */
export interface NumberKey {
  readonly expected: number;
  /** Greatest distance from what is expected that is still right. @default 5e-4 */
  readonly tolerance?: number;
  /** Looked through in order; one that equals what is expected, as it can with other data, is passed over. */
  readonly mistakes: readonly Mistake<number>[];
  /** What to say to any other number. */
  readonly otherwise: string;
}

/** An exercise whose answer is a number. @param compute the key, computed from the data in use when an answer comes. */
export function numberExercise(compute: () => NumberKey | Promise<NumberKey>): Exercise {
  const key = oncePerLesson(compute);
  const judge = async (answer: unknown): Promise<Verdict> => {
    if (typeof answer !== "number") return wrong(`the answer is ${describe(answer)}: give a number`);
    if (Number.isNaN(answer))
      return wrong("the answer is NaN: something was divided by zero, or is no number");
    const { expected, tolerance = 5e-4, mistakes, otherwise } = await key();
    const near = (value: number): boolean => Math.abs(answer - value) <= tolerance;
    if (near(expected)) return right;
    return wrong(mistakes.find(({ value }) => near(value))?.hint ?? otherwise);
  };
  return { judge, examples: async () => examplesOf([(await key()).expected], (await key()).mistakes) };
}

/** What a text is compared with. */
export interface TextKey {
  /** Every one of them is right, such as names with equally many photos. */
  readonly expected: readonly string[];
  readonly mistakes: readonly Mistake<string>[];
  readonly otherwise: string;
}

/** An exercise whose answer is a text, such as a person's name. */
export function textExercise(compute: () => TextKey | Promise<TextKey>): Exercise {
  const key = oncePerLesson(compute);
  const judge = async (answer: unknown): Promise<Verdict> => {
    if (typeof answer !== "string") return wrong(`the answer is ${describe(answer)}: give a text`);
    const { expected, mistakes, otherwise } = await key();
    if (expected.includes(answer)) return right;
    return wrong(mistakes.find(({ value }) => value === answer)?.hint ?? otherwise);
  };
  return { judge, examples: async () => examplesOf((await key()).expected, (await key()).mistakes) };
}

function examplesOf<T>(right: readonly T[], mistakes: readonly Mistake<T>[]) {
  return { right, wrong: mistakes.map(({ value }) => value) };
}

/** What kind of thing an answer is, in a student's words. */
export function describe(answer: unknown): string {
  if (answer === undefined) return "nothing yet (undefined)";
  if (answer === null) return "null";
  if (ArrayBuffer.isView(answer) || Array.isArray(answer)) return "a list";
  return `a ${typeof answer}`;
}
