import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "facelab";
import { inCheckout } from "../paths.js";

/** A lesson's two notebooks. */
export interface NotebookPaths {
  /** As in `06-svm`. */
  readonly name: string;
  /** What students open. */
  readonly student: string;
  /** The same with the exercises solved; what is written by hand. */
  readonly solution: string;
}

/**
 * Finds notebooks.
 * @param numbers such as `06` or `6`; none for all.
 * @throws InputError on a number that no notebook has.
 */
export async function notebookPaths(numbers: readonly string[] = []): Promise<NotebookPaths[]> {
  const folder = inCheckout("notebooks");
  const files = (await readdir(join(folder, "solutions"))).filter((name) => name.endsWith(".ipynb")).sort();
  const all = files.map((file) => ({
    name: file.replace(/\.ipynb$/, ""),
    student: join(folder, file),
    solution: join(folder, "solutions", file),
  }));
  const known = all.map(({ name }) => name.slice(0, 2));
  const strange = numbers.find((number) => !known.includes(number.padStart(2, "0")));
  if (strange !== undefined)
    throw new InputError(`no such notebook: ${strange} (expected one of ${known.join(", ")})`);
  const wanted = numbers.map((number) => number.padStart(2, "0"));
  return wanted.length === 0 ? all : all.filter(({ name }) => wanted.includes(name.slice(0, 2)));
}
