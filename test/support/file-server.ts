import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

/** Answers the n-th request, counted from 0. */
export type Answer = (response: ServerResponse, request: IncomingMessage, n: number) => void;

export interface FileServer {
  /** As `http://127.0.0.1:1234`, without a slash at the end. */
  readonly url: string;
  /** The Range header of every request, in order; undefined where there was none. */
  readonly ranges: (string | undefined)[];
  /** Every request's headers. */
  readonly headers: IncomingMessage["headers"][];
  /** Every request's path. */
  readonly paths: (string | undefined)[];
}

const servers: { closeAllConnections(): void; close(): void }[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on this machine alone, closed after the test file's last test. */
export async function fileServer(answer: Answer): Promise<FileServer> {
  const seen: Omit<FileServer, "url"> = { ranges: [], headers: [], paths: [] };
  const server = createServer((request, response) => {
    const n = seen.ranges.push(request.headers.range) - 1;
    seen.headers.push(request.headers);
    seen.paths.push(request.url);
    answer(response, request, n);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ...seen };
}

export interface SendOptions {
  readonly etag?: string;
  /** Break off when so many bytes of this answer are sent, and have arrived. */
  readonly breakAfter?: number;
  /** How much of the file has arrived: what is still on its way when a connection breaks is lost. */
  readonly arrived?: () => number;
  /** Send nothing more, and keep the connection, when so many bytes are sent. */
  readonly stallAfter?: number;
}

/** Answers as a good server does: the range that is asked for, unless If-Range names another version. */
export function sendFile(
  response: ServerResponse,
  request: IncomingMessage,
  content: Buffer,
  { etag, breakAfter, stallAfter, arrived = () => 0 }: SendOptions = {},
): void {
  const [, from = "0"] = /^bytes=(\d+)-$/.exec(request.headers.range ?? "") ?? [];
  const condition = request.headers["if-range"];
  const start = condition === undefined || condition === etag ? Number(from) : 0;
  if (start >= content.length) {
    response.writeHead(416, { "content-range": `bytes */${content.length}` }).end();
    return;
  }
  const rest = content.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, {
    "content-length": rest.length,
    ...(etag && { etag }),
    ...(start > 0 && { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` }),
  });
  const cut = breakAfter ?? stallAfter;
  if (cut === undefined) response.end(rest);
  else response.write(rest.subarray(0, cut));
  if (breakAfter !== undefined) breakWhen(response, () => arrived() >= start + breakAfter);
}

/** Breaks a connection off as soon as something is true. */
export function breakWhen(response: ServerResponse, isTime: () => boolean): void {
  const timer = setInterval(() => {
    if (!isTime()) return;
    clearInterval(timer);
    response.destroy();
  }, 5);
  response.on("close", () => clearInterval(timer));
}

/** Bytes from a formula, different for different seeds. */
export function someBytes(length: number, seed = 0): Buffer {
  return Buffer.from(
    Uint8Array.from({ length }, (_, i) => (i * i * 7 + i * 31 + seed * 13 + (i >> 8)) % 251),
  );
}
