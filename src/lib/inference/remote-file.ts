/** A file on the internet that is known by what it holds. */
export interface RemoteFile {
  /** What it is called on disk, and below a mirror's address. */
  readonly name: string;
  /** Where it is, the best address first. */
  readonly urls: readonly string[];
  /** In hexadecimal. */
  readonly sha256: string;
  /** Where it was counted: a mirror that promises another size is passed over at once. */
  readonly bytes?: number;
}

/**
 * The addresses to try for a file.
 * @param mirrors addresses of folders that hold it under its name; tried instead of its own.
 */
export function addressesOf(file: RemoteFile, mirrors: readonly string[] = []): readonly string[] {
  if (mirrors.length === 0) return file.urls;
  return mirrors.map((mirror) => `${mirror.replace(/\/+$/, "")}/${file.name}`);
}
