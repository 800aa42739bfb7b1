import { InputError } from "../errors.js";
import { exercises } from "./exercises/registry.js";

/**
 * Judges the answer to an exercise of a notebook and prints what it thinks: right, or what is wrong and a hint. What is right is computed
 * from the data that the notebook has opened.
 * @param id as in the notebook, `"06.2"`.
 * @returns whether it is right.
 * @throws Error with the hint where it is wrong and `FACELAB_GRADING=1`, so that a grader sees a failed cell; InputError on an unknown
 *   exercise, or where the notebook has opened no data yet.
 */
export async function check(id: string, answer: unknown): Promise<boolean> {
  const exercise = exercises[id];
  if (exercise === undefined) {
    throw new InputError(
      `unknown exercise: ${id} (expected one of ${Object.keys(exercises).sort().join(", ")})`,
    );
  }
  const verdict = await exercise.judge(await answer);
  if (verdict.kind === "right") {
    console.log(`${id}: right`);
    return true;
  }
  if (process.env.FACELAB_GRADING === "1") throw new Error(`${id}: not yet. ${verdict.hint}`);
  console.log(`${id}: not yet. ${verdict.hint}`);
  return false;
}
