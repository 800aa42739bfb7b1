import writeFileAtomic from "write-file-atomic";
import { InputError } from "../errors.js";

/** Writes a text file, whole or not at all. @throws InputError where it cannot be written. */
export async function writeText(path: string, text: string): Promise<void> {
  await writeFileAtomic(path, text).catch((cause: Error) => {
    throw new InputError(`cannot write file: ${path} (${cause.message})`, { cause });
  });
}
