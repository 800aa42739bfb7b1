import { type FileHandle, open } from "node:fs/promises";
import { STATUS_CODES } from "node:http";
import type { PartFolder } from "./part-folder.js";
import { requestBytes } from "./request-bytes.js";

/** Against a server that never stops; files whose size is known stop there. */
const MOST_BYTES = 16e9;

/** What came of one request. */
export type Received =
  /** As many bytes as the server promised are there. */
  | { readonly kind: "whole"; readonly resumed: boolean }
  | { readonly kind: "failed"; readonly reason: string; readonly again: boolean };

export interface ReceiveOptions {
  /** Of the whole file, where it is known. */
  readonly bytes?: number;
  /** Milliseconds. */
  readonly connectTimeout: number;
  /** Milliseconds without a byte. */
  readonly silenceTimeout: number;
  readonly onProgress?: (done: number, total: number | undefined) => void;
  readonly signal: AbortSignal;
}

/**
 * Asks one server for what a part does not hold yet, and adds what comes.
 * @throws the disk's error where it cannot be written, and the signal's reason where it was stopped.
 */
export async function receivePart(url: URL, part: PartFolder, options: ReceiveOptions): Promise<Received> {
  const { bytes, connectTimeout, signal } = options;
  const source = await part.source();
  let size = await part.size();
  if (size > 0 && size === (bytes ?? source?.total)) return { kind: "whole", resumed: true };
  if (size > (bytes ?? size)) {
    await part.clear();
    size = 0;
  }
  // A body that is still packed could not be resumed, nor its length compared.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (size > 0) {
    headers.range = `bytes=${size}-`;
    if (source?.url === url.href && source.validator) headers["if-range"] = source.validator;
  }
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  try {
    const requested = await requestBytes(url, { headers, timeout: connectTimeout, signal: either });
    if (requested.kind === "refused") return { kind: "failed", reason: requested.reason, again: false };
    const promise = readPromise(requested.response, size, bytes);
    if (promise.kind !== "body") return promise;
    if (promise.start === 0) await part.clear();
    await part.noteSource({
      url: url.href,
      validator: validatorOf(requested.response),
      total: promise.total,
    });
    const file = await open(part.data, "a");
    try {
      return await receiveBody(requested.response, file, promise, stop, options);
    } finally {
      await file.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    // The network's errors come inside of fetch's own: this one is the disk's.
    if (error instanceof Error && "syscall" in error) throw error;
    return { kind: "failed", reason: reasonOf(error), again: true };
  } finally {
    stop.abort();
  }
}

interface Body {
  readonly kind: "body";
  readonly start: number;
  readonly total?: number;
}

/** What a server says that it sends: from which byte on, and how long the whole file is. */
function readPromise(response: Response, size: number, bytes: number | undefined): Body | Received {
  const { status, headers } = response;
  const failed = (reason: string, again: boolean): Received => ({ kind: "failed", reason, again });
  // Nothing left to send: the part is whole, or of another file, which its sha256 tells.
  if (status === 416 && size > 0) return { kind: "whole", resumed: true };
  if (status !== 200 && status !== 206) {
    const again = status >= 500 || [408, 425, 429].includes(status);
    return failed(`${status} ${STATUS_CODES[status] ?? ""}`.trim(), again);
  }
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity") return failed("sends it packed, unasked", false);
  const length = headers.has("content-length") ? Number(headers.get("content-length")) : undefined;
  let start = 0;
  let total = length;
  if (status === 206) {
    const [, from, whole] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get("content-range") ?? "") ?? [];
    if (size === 0 || from !== String(size))
      return failed("sends another range than it was asked for", false);
    start = size;
    total = whole === "*" ? bytes : Number(whole);
  }
  if (bytes !== undefined && total !== undefined && total !== bytes) {
    return failed(`promises ${total} bytes instead of ${bytes}`, false);
  }
  return { kind: "body", start, total: total ?? bytes };
}

async function receiveBody(
  response: Response,
  file: FileHandle,
  { start, total }: Body,
  stop: AbortController,
  { silenceTimeout, onProgress }: ReceiveOptions,
): Promise<Received> {
  const most = total ?? MOST_BYTES;
  const silence = new Error(`no data for ${silenceTimeout / 1000} s`);
  const reader = response.body?.getReader();
  let done = start;
  onProgress?.(done, total);
  while (reader !== undefined) {
    // Only what the server is waited for, not the disk.
    const timer = setTimeout(() => stop.abort(silence), silenceTimeout);
    const read = await reader.read().finally(() => clearTimeout(timer));
    if (read.done) break;
    done += read.value.length;
    if (done > most) return { kind: "failed", reason: `sends more than ${most} bytes`, again: false };
    await write(file, read.value);
    onProgress?.(done, total);
  }
  await file.sync();
  if (total !== undefined && done < total) {
    return { kind: "failed", reason: `ended after ${done} of ${total} bytes`, again: true };
  }
  return { kind: "whole", resumed: start > 0 };
}

async function write(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

/** What If-Range takes: a strong ETag, otherwise the date. */
function validatorOf({ headers }: Response): string | undefined {
  const tag = headers.get("etag");
  return tag?.startsWith('"') ? tag : (headers.get("last-modified") ?? undefined);
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  if (!(cause instanceof Error)) return message;
  const { code } = cause as NodeJS.ErrnoException;
  return code === undefined || cause.message.includes(code)
    ? cause.message || message
    : `${cause.message} ${code}`.trim();
}
