import { InputError } from "../errors.js";

const REMEDIES: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "disk full; make room, or give another folder"],
  ["EDQUOT", "quota used up; make room, or give another folder"],
  ["EACCES", "no permission; make the folder writable, or give another one"],
  ["EPERM", "no permission; make the folder writable, or give another one"],
  ["EROFS", "the disk is read-only; give another folder"],
  ["ENOTDIR", "a file is where a folder should be; give another folder"],
  ["EEXIST", "a file is where a folder should be; give another folder"],
  ["EISDIR", "a folder is where the file should be; give another folder"],
]);

/** What the disk says in words that name the path and the remedy; an error that is not the disk's comes back as it is. */
export function storageError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof InputError || !("syscall" in error)) return error;
  const { code = "", message } = error as NodeJS.ErrnoException;
  return new InputError(`cannot write ${path} (${REMEDIES.get(code) ?? message})`, { cause: error });
}
