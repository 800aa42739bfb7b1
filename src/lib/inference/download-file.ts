import { mkdir, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { InputError } from "../errors.js";
import { fileSha256 } from "./file-sha256.js";
import { openPart, type PartFolder } from "./part-folder.js";
import { type ReceiveOptions, receivePart } from "./receive-part.js";
import { storageError } from "./storage-error.js";

const RETRIES = 3;

/** What {@link downloadFile} fetches, and how patiently. */
export interface DownloadOptions {
  /** Mirrors of one file, http or https, tried in this order. */
  readonly urls: readonly string[];
  /** Of the whole file, in hexadecimal; nothing else gets the file's name. */
  readonly sha256: string;
  /** The file's size, where it is known: a mirror that promises another one is passed over at once. */
  readonly bytes?: number;
  /** Where the file is put; missing folders are made. */
  readonly to: string;
  /** Bytes that are there, also from earlier runs, and in all where that is known. */
  readonly onProgress?: (done: number, total: number | undefined) => void;
  /** Stops it; what has come is kept for the next time. */
  readonly signal?: AbortSignal;
  /** Milliseconds until an answer has to begin. @default 30_000 */
  readonly connectTimeout?: number;
  /** Milliseconds without a byte after which a mirror counts as broken. @default 30_000 */
  readonly silenceTimeout?: number;
  /** Milliseconds before the first of at most three retries a mirror; doubled before each further one. @default 1000 */
  readonly firstPause?: number;
}

/** Whether a file had to be fetched. */
export type Downloaded = { readonly kind: "downloaded" } | { readonly kind: "there" };

/**
 * Downloads a file that is known by its sha256. It grows in a folder beside its target and takes its name only when it is whole
 * and its sha256 right; a download that was broken off, also by a crash, is resumed. Several processes may fetch the same file.
 * @throws InputError where no mirror has it (each one's reason is in the message), where another file is in its place, or where
 *   the disk is full or may not be written; the signal's reason where it was stopped.
 */
export async function downloadFile(options: DownloadOptions): Promise<Downloaded> {
  const { to, sha256, urls } = options;
  const mirrors = urls.map(parseMirror);
  try {
    if (await isThere(to, sha256)) return { kind: "there" };
    await mkdir(dirname(to), { recursive: true });
    const part = await openPart(to);
    try {
      const reasons: string[] = [];
      for (const url of mirrors) {
        const reason = await fromMirror(url, part, options);
        if (reason === undefined) return { kind: "downloaded" };
        reasons.push(`${url.href}: ${reason}`);
      }
      throw new InputError(
        `cannot download ${basename(to)}: ${reasons.join("; ")} ` +
          `(try again later, what has come is kept; or put the file with sha256 ${sha256} at ${to})`,
      );
    } finally {
      part.release();
    }
  } catch (error) {
    throw storageError(to, error);
  }
}

function parseMirror(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    throw new InputError(`invalid address: ${text} (expected http:// or https://)`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new InputError(`invalid address at ${url.host}: it holds a name or password (give one without)`);
  }
  return url;
}

async function isThere(to: string, sha256: string): Promise<boolean> {
  const found = await stat(to).catch(() => undefined);
  if (found === undefined) return false;
  if (found.isFile() && (await fileSha256(to)) === sha256) return true;
  throw new InputError(`in the way: ${to} (not the file that was asked for; move it away to download it)`);
}

/** Tries one mirror. @returns why it was of no use, or undefined where the file is in its place. */
async function fromMirror(url: URL, part: PartFolder, options: DownloadOptions): Promise<string | undefined> {
  const { sha256, firstPause = 1000 } = options;
  const signal = options.signal ?? new AbortController().signal;
  const receive: ReceiveOptions = {
    bytes: options.bytes,
    connectTimeout: options.connectTimeout ?? 30_000,
    silenceTimeout: options.silenceTimeout ?? 30_000,
    onProgress: options.onProgress,
    signal,
  };
  for (let retries = 0; ; retries++) {
    signal.throwIfAborted();
    const received = await receivePart(url, part, receive);
    let reason = "wrong sha256";
    let again = true;
    if (received.kind === "failed") ({ reason, again } = received);
    else if ((await part.size()) > 0 && (await fileSha256(part.data)) === sha256) {
      await part.finish();
      return undefined;
    } else {
      await part.clear();
      // Where its beginning had come earlier, or from elsewhere, this mirror may still have the right file.
      again = received.resumed;
    }
    if (!again || retries === RETRIES) return reason;
    await pause(firstPause * 2 ** retries, undefined, { signal });
  }
}
