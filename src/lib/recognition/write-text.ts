import { writeFile } from "node:fs/promises";
import { InputError } from "../errors.js";
import { writeAside } from "../write-aside.js";

/** Writes a text file, whole or not at all. @throws InputError where it cannot be written. */
export async function writeText(path: string, text: string): Promise<void> {
  await writeAside(path, (aside) => writeFile(aside, text, { flush: true })).catch((cause: Error) => {
    throw new InputError(`cannot write file: ${path} (${cause.message})`, { cause });
  });
}
