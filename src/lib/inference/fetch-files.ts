import { join } from "node:path";
import { copyVerified } from "./copy-verified.js";
import { type DownloadOptions, downloadFile } from "./download-file.js";
import { addressesOf, type RemoteFile } from "./remote-file.js";

/** Where files are taken from; the rest as in {@link DownloadOptions}. */
export interface FetchFilesOptions
  extends Omit<DownloadOptions, "urls" | "sha256" | "bytes" | "to" | "onProgress"> {
  /** A folder that holds them already; nothing is downloaded then. */
  readonly from?: string;
  /** Addresses of folders with these files, tried in this order instead of the files' own. */
  readonly mirrors?: readonly string[];
  readonly onProgress?: (file: RemoteFile, done: number, total: number | undefined) => void;
}

/**
 * Puts files into a folder, in this order, each checked against its sha256; what is there already stays.
 * @throws InputError as {@link downloadFile} and {@link copyVerified}.
 */
export async function fetchFiles(
  files: readonly RemoteFile[],
  to: string,
  { from, mirrors, onProgress, ...options }: FetchFilesOptions = {},
): Promise<void> {
  for (const file of files) {
    const { name, sha256, bytes } = file;
    const target = join(to, name);
    if (from !== undefined) await copyVerified(join(from, name), target, sha256);
    else {
      const urls = addressesOf(file, mirrors);
      const report =
        onProgress && ((done: number, total: number | undefined) => onProgress(file, done, total));
      await downloadFile({ ...options, urls, sha256, bytes, to: target, onProgress: report });
    }
  }
}
