import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { InputError } from "facelab";

/**
 * Says before minutes of work, not after them, that the result could not be written.
 * @param path of a file to write, which may exist, or of a folder to write into; missing folders are no mistake.
 * @param option that named the path.
 * @throws InputError where there is something else at the path or above it, or no permission to write there.
 */
export async function requireOutput(
  path: string,
  kind: "file" | "folder",
  option = "--output",
): Promise<void> {
  const itself = await kindOf(resolve(path));
  if (itself !== undefined && itself !== kind) {
    throw new InputError(`cannot write to ${path} (it is a ${itself}; give another ${option})`);
  }
  let folder = kind === "folder" ? resolve(path) : dirname(resolve(path));
  while ((await kindOf(folder)) === undefined && dirname(folder) !== folder) folder = dirname(folder);
  if ((await kindOf(folder)) === "file") {
    throw new InputError(`cannot write to ${path} (${folder} is a file; give another ${option})`);
  }
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new InputError(`cannot write to ${path} (no permission in ${folder}; give another ${option})`, {
      cause,
    });
  });
}

async function kindOf(path: string): Promise<"file" | "folder" | undefined> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch {
    return undefined; // missing, or below something that is no folder: looked at next
  }
}
