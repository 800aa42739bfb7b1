import { open, stat } from "node:fs/promises";
import { readNpzNames } from "../datasets/read-npz.js";
import { InputError } from "../errors.js";

/** What a path holds: photos, the .npz of `extract` or `encode`, LFW's embeddings, or another .npz (that of `embed`, if it is ours). */
export type DatasetKind = "folder" | "faces" | "encodings" | "lfw" | "embeddings";

/**
 * Looks at what is at a path, by its content.
 * @throws InputError where there is nothing, or neither a folder nor a .npz file.
 */
export async function datasetKind(path: string): Promise<DatasetKind> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === "ENOENT" ? "no such file or folder" : cause.message;
    throw new InputError(`cannot open dataset: ${path} (${reason})`, { cause });
  });
  if (found.isDirectory()) return "folder";
  if (!(await isZip(path))) {
    throw new InputError(`cannot open dataset: ${path} (neither a folder of photos nor a .npz file)`);
  }
  const names = await readNpzNames(path);
  if (names.includes("embeddings")) return "lfw";
  if (names.includes("trainChips")) return "faces";
  return names.includes("X") ? "encodings" : "embeddings";
}

/** Whether a file begins as .npz files do, which are zip archives. */
async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString("latin1") === "PK";
  } finally {
    await file.close();
  }
}
