import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type DownloadOptions, downloadFile, InputError } from "facelab";
import { beforeEach, describe, expect, it } from "vitest";
import { nextAddress } from "../../src/lib/dist/inference/next-address.js";
import { sha256 } from "../../src/lib/dist/inference/sha256.js";
import {
  type Answer,
  breakWhen,
  type FileServer,
  fileServer,
  sendFile,
  someBytes,
} from "../support/file-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const content = someBytes(300_000);
const hash = sha256(content);
const other = someBytes(300_000, 1);

let folder: string;
let to: string;
/** How much has arrived. */
let progress: number;
beforeEach(async () => {
  progress = 0;
  folder = await temporaryFolder();
  to = join(folder, "file.bin");
});

const fast = { firstPause: 1, connectTimeout: 2000, silenceTimeout: 2000 };
const from = (servers: readonly FileServer[], options: Partial<DownloadOptions> = {}) =>
  downloadFile({
    urls: servers.map(({ url }) => `${url}/file.bin`),
    sha256: hash,
    to,
    onProgress: (done) => {
      progress = done;
    },
    ...fast,
    ...options,
  });
const breaking = (breakAfter: number) => ({ breakAfter, arrived: () => progress });
const failure = async (servers: readonly FileServer[], options: Partial<DownloadOptions> = {}) => {
  const error = await from(servers, options).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  expect(existsSync(to)).toBe(false);
  return (error as Error).message;
};
const good: Answer = (response, request) => sendFile(response, request, content);
/** The file is whole, and nothing else is left. */
const expectWhole = async () => {
  expect(sha256(await readFile(to))).toBe(hash);
  expect(await readdir(folder)).toEqual(["file.bin"]);
};
const partsOf = async () => (await readdir(folder)).filter((name) => name.startsWith("file.bin.part-"));

describe("a good server", () => {
  it("gives the whole file in one request, with progress", async () => {
    const server = await fileServer(good);
    const seen: [number, number | undefined][] = [];
    const options = { onProgress: (done: number, total?: number) => void seen.push([done, total]) };
    expect(await from([server], options)).toEqual({ kind: "downloaded" });
    await expectWhole();
    expect(server.ranges).toEqual([undefined]);
    expect(seen[0]).toEqual([0, content.length]);
    expect(seen.at(-1)).toEqual([content.length, content.length]);
    expect(server.headers[0]).toMatchObject({ "accept-encoding": "identity" });
    for (const name of ["cookie", "authorization"]) expect(server.headers[0]).not.toHaveProperty(name);
  });

  it("is not asked where the file is there already", async () => {
    const server = await fileServer(good);
    await writeFile(to, content);
    expect(await from([server])).toEqual({ kind: "there" });
    expect(server.ranges).toEqual([]);
  });

  it("does not replace a file that is another one", async () => {
    const server = await fileServer(good);
    await writeFile(to, "mine");
    await expect(from([server])).rejects.toThrow(
      new InputError(`in the way: ${to} (not the file that was asked for; move it away to download it)`),
    );
    expect(await readFile(to, "utf8")).toBe("mine");
  });

  it("may send without a length, in pieces", async () => {
    const server = await fileServer((response) => {
      response.writeHead(200);
      response.write(content.subarray(0, 1000));
      response.end(content.subarray(1000));
    });
    await from([server], { to: join(folder, "new/folders/file.bin") });
    expect(sha256(await readFile(join(folder, "new/folders/file.bin")))).toBe(hash);
  });
});

describe("a server that breaks", () => {
  it("is asked for the missing bytes only, and only of the same version", async () => {
    const server = await fileServer((response, request, n) =>
      sendFile(response, request, content, { etag: '"a"', ...(n === 0 && breaking(123_456)) }),
    );
    await from([server]);
    await expectWhole();
    expect(server.ranges).toEqual([undefined, "bytes=123456-"]);
    expect(server.headers[1]).toMatchObject({ "if-range": '"a"' });
  });

  const date = "Tue, 01 Feb 2022 03:04:05 GMT";
  it.each<[string, Record<string, string>, string?]>([
    // A weak tag may stand for other bytes: If-Range takes none.
    ["the date beside a weak tag", { etag: 'W/"a"', "last-modified": date }, date],
    ["the date where there is no tag", { "last-modified": date }, date],
    ["nothing but the range beside a weak tag alone", { etag: 'W/"a"' }],
  ])("is told %s", async (_, validators, told) => {
    const server = await fileServer((response, request, n) => {
      for (const [name, value] of Object.entries(validators)) response.setHeader(name, value);
      sendFile(response, request, content, n === 0 ? breaking(1000) : {});
    });
    await from([server]);
    await expectWhole();
    expect(server.ranges).toEqual([undefined, "bytes=1000-"]);
    expect(server.headers[1]?.["if-range"]).toBe(told);
  });

  it("at every third of the file gives it in three parts", async () => {
    const server = await fileServer((response, request) =>
      sendFile(response, request, content, breaking(100_000)),
    );
    await from([server]);
    await expectWhole();
    expect(server.ranges).toEqual([undefined, "bytes=100000-", "bytes=200000-"]);
  });

  it("at every sixth is given up after three retries; the next run goes on from there", async () => {
    const server = await fileServer((response, request, n) =>
      sendFile(response, request, content, n < 4 ? breaking(50_000) : {}),
    );
    expect(await failure([server])).toMatch(
      /^cannot download file\.bin: http:\/\/127\.0\.0\.1:\d+\/file\.bin: .+ \(try again later, what has come is kept; or put the file with sha256 \w{64} at /,
    );
    expect(server.ranges).toHaveLength(4);
    await from([server]);
    await expectWhole();
    expect(server.ranges[4]).toBe("bytes=200000-");
  });

  it("and changes the file meanwhile is asked for all of it", async () => {
    const server = await fileServer((response, request, n) =>
      n === 0
        ? sendFile(response, request, other, { etag: '"old"', ...breaking(100_000) })
        : sendFile(response, request, content, { etag: '"new"' }),
    );
    await from([server]);
    await expectWhole();
    expect(server.ranges).toEqual([undefined, "bytes=100000-"]);
  });

  it("and changes the file without saying so is asked again from the beginning", async () => {
    const server = await fileServer((response, request, n) =>
      sendFile(response, request, n === 0 ? other : content, { ...(n === 0 && breaking(100_000)) }),
    );
    await from([server]);
    await expectWhole();
    expect(server.ranges).toEqual([undefined, "bytes=100000-", undefined]);
  });

  it("and knows no ranges is asked for all of it", async () => {
    const server = await fileServer((response, _, n) => {
      response.writeHead(200, { "content-length": content.length });
      if (n === 0) {
        response.write(content.subarray(0, 1000));
        breakWhen(response, () => progress === 1000);
      } else response.end(content);
    });
    await from([server]);
    await expectWhole();
    expect(server.ranges).toEqual([undefined, "bytes=1000-"]);
  });

  it("and sends another range than asked for is passed over; the next one goes on", async () => {
    const wrong = await fileServer((response, request, n) => {
      if (n === 0) return sendFile(response, request, content, { etag: '"its own"', ...breaking(1000) });
      const headers = { "content-range": `bytes 0-${content.length - 1}/${content.length}` };
      response.writeHead(206, headers).end(content);
    });
    const right = await fileServer(good);
    await from([wrong, right]);
    await expectWhole();
    expect(right.ranges).toEqual(["bytes=1000-"]);
    expect(right.headers[0]).not.toHaveProperty("if-range");
  });

  it("leaves no part in which a mirror is trusted for another one's bytes", async () => {
    const liar = await fileServer((response, request, n) =>
      n === 0 ? sendFile(response, request, other, breaking(1000)) : void response.writeHead(404).end(),
    );
    const right = await fileServer(good);
    await from([liar, right]);
    await expectWhole();
    expect(right.ranges).toEqual(["bytes=1000-", undefined]);
  });

  it("is given time: 500 and 503, then the file", async () => {
    const times: number[] = [];
    const server = await fileServer((response, request, n) => {
      times.push(performance.now());
      return n < 2 ? void response.writeHead(n === 0 ? 500 : 503).end() : good(response, request, n);
    });
    await from([server], { firstPause: 200 });
    expect(times[1]! - times[0]!).toBeGreaterThan(190);
    expect(times[2]! - times[1]!).toBeGreaterThan(390);
    await expectWhole();
    expect(server.ranges).toHaveLength(3);
  });
});

it.each([408, 425, 429])("a server that answers %d is asked again", async (status) => {
  const server = await fileServer((response, request, n) =>
    n === 0 ? void response.writeHead(status).end() : good(response, request, n),
  );
  await from([server]);
  await expectWhole();
  expect(server.ranges).toHaveLength(2);
});

describe("a server that is of no use", () => {
  it.each<[string, Answer, RegExp, number]>([
    ["404", (response) => response.writeHead(404).end(), /: 404 Not Found/, 1],
    ["500 for ever", (response) => response.writeHead(500).end(), /: 500 Internal Server Error/, 4],
    ["wrong bytes", (response, request) => sendFile(response, request, other), /: wrong sha256/, 1],
    [
      "a shorter file",
      (response, request) => sendFile(response, request, content.subarray(0, 1000)),
      /: promises 1000 bytes instead of 300000/,
      1,
    ],
    [
      "more than it promised to be",
      (response) => {
        response.writeHead(200); // without a length: only counting helps
        response.end(Buffer.concat([content, content]));
      },
      /: sends more than 300000 bytes/,
      1,
    ],
    [
      "less than it promised",
      (response) => {
        response.writeHead(200, { "content-length": content.length });
        response.write(content.subarray(0, 1000));
        breakWhen(response, () => progress === 1000);
      },
      /: other side closed|: terminated/,
      4,
    ],
    [
      "less than the file, without a length",
      (response) => response.writeHead(200).end(content.subarray(0, 1000)),
      /: ended after 1000 of 300000 bytes/,
      4,
    ],
    [
      "a packed file",
      (response) => response.writeHead(200, { "content-encoding": "gzip" }).end("x"),
      /: sends it packed, unasked/,
      1,
    ],
    ["silence", () => {}, /: no answer for 0\.15 s/, 4],
    [
      "silence in the middle",
      (response, request) => sendFile(response, request, content, { stallAfter: 1000 }),
      /: no data for 0\.15 s/,
      4,
    ],
    ["a redirect to nowhere", (response) => response.writeHead(302).end(), /: redirects to no address/, 1],
    [
      "a redirect to a file",
      (response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
      /: redirects to file:/,
      1,
    ],
    [
      "redirects in a circle",
      (response) => response.writeHead(302, { location: "/again" }).end(),
      /: redirects more than 5 times/,
      6,
    ],
  ])("with %s is passed over: the next one is asked", async (_, answer, message, requests) => {
    const server = await fileServer(answer);
    const impatient = { bytes: content.length, connectTimeout: 150, silenceTimeout: 150 };
    expect(await failure([server], impatient)).toMatch(message);
    expect(server.ranges).toHaveLength(requests);
    const right = await fileServer(good);
    await from([await fileServer(answer), right], { ...impatient, connectTimeout: 400 });
    await expectWhole();
  });

  it("is passed over where nobody answers", async () => {
    const options = { urls: [`http://127.0.0.1:${await closedPort()}/file.bin`] };
    expect(await failure([], options)).toContain("ECONNREFUSED");
    const right = await fileServer(good);
    await from([], { urls: [...options.urls, `${right.url}/file.bin`] });
    await expectWhole();
  });

  it("lists every mirror's reason", async () => {
    const [a, b] = await Promise.all([404, 403].map((code) => fileServer((r) => r.writeHead(code).end())));
    const message = await failure([a!, b!]);
    expect(message).toContain(`${a!.url}/file.bin: 404 Not Found; ${b!.url}/file.bin: 403 Forbidden (`);
  });
});

describe("redirects", () => {
  it("are followed five times", async () => {
    const server = await fileServer((response, request, n) =>
      n < 5
        ? response.writeHead(n % 2 ? 307 : 301, { location: `/hop${n}` }).end()
        : good(response, request, n),
    );
    await from([server]);
    await expectWhole();
    expect(server.paths).toEqual(["/file.bin", "/hop0", "/hop1", "/hop2", "/hop3", "/hop4"]);
  });

  it.each([
    ["https://a/x", "y", "https://a/y"],
    ["https://a/x", "https://b/y", "https://b/y"],
    ["http://a/x", "https://b/y", "https://b/y"],
    ["http://a/x", "//b/y", "http://b/y"],
    ["https://a/x", "http://a/x", "redirects from https to http"],
    ["https://a/x", "ftp://a/x", "redirects to ftp:"],
    ["https://a/x", "data:,x", "redirects to data:"],
    ["https://a/x", "https://me:secret@b/x", "redirects to an address with a password"],
    ["https://a/x", "https://", "redirects to no address"],
    ["https://a/x", null, "redirects to no address"],
  ])("from %s to %s: %s", (start, location, expected) => {
    const next = nextAddress(new URL(start), location);
    expect(next.kind === "go" ? next.url.href : next.reason).toBe(expected);
  });
});

describe("an address", () => {
  it.each([
    ["file:///x", "invalid address: file:///x (expected http:// or https://)"],
    ["lfw.tgz", "invalid address: lfw.tgz (expected http:// or https://)"],
    ["https://me:secret@host/x", "invalid address at host: it holds a name or password (give one without)"],
  ])("%s is refused", async (url, message) => {
    await expect(downloadFile({ urls: [url], sha256: hash, to })).rejects.toThrow(new InputError(message));
  });
});

/** For downloads that wait for a process to start, which takes seconds on a busy machine. */
const patient = { connectTimeout: 60_000, silenceTimeout: 60_000 };

/** A download in a process of its own. */
function child(url: string) {
  const script = `import { downloadFile } from "facelab";
    await downloadFile(${JSON.stringify({ urls: [url], sha256: hash, to, ...fast, ...patient })});`;
  return spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: root, stdio: "inherit" });
}

describe("processes", () => {
  it("that were killed in the middle are resumed", async () => {
    const server = await fileServer((response, request, n) =>
      sendFile(response, request, content, { etag: '"a"', stallAfter: n === 0 ? 200_000 : undefined }),
    );
    const victim = child(`${server.url}/file.bin`);
    const arrived = async () => {
      const [part = "none"] = await partsOf();
      return (await stat(join(folder, part, "data")).catch(() => undefined))?.size;
    };
    while ((await arrived()) !== 200_000) await wait(20);
    victim.kill("SIGKILL");
    await once(victim, "exit");
    await from([server]);
    await expectWhole();
    expect(server.ranges).toEqual([undefined, "bytes=200000-"]);
    expect(server.headers[1]).toMatchObject({ "if-range": '"a"' });
  });

  it("may fetch the same file at once, without touching each other's part", async () => {
    let waiting: (() => void)[] = [];
    // Nobody gets the rest before all three are in the middle.
    const server = await fileServer((response) => {
      response.writeHead(200, { "content-length": content.length });
      response.write(content.subarray(0, 1000));
      waiting.push(() => response.end(content.subarray(1000)));
      if (waiting.length === 3) setTimeout(() => waiting.forEach((go) => void go()), 200);
    });
    const sibling = child(`${server.url}/file.bin`);
    const exit = once(sibling, "exit");
    const first = from([server], patient);
    while ((await partsOf()).length < 2) await wait(5);
    const [[code]] = await Promise.all([exit, first, from([server], patient)]);
    waiting = [];
    expect(code).toBe(0);
    expect(server.ranges).toEqual([undefined, undefined, undefined]);
    await expectWhole();
  });

  it("that ended with the last byte leave a part that needs no request", async () => {
    const server = await fileServer((response) => response.writeHead(404).end());
    const part = join(folder, `file.bin.part-${hostname()}-${await endedProcess()}-0`);
    await mkdir(part);
    await writeFile(join(part, "data"), content);
    await from([server], { bytes: content.length });
    await expectWhole();
    expect(server.ranges).toEqual([]);
  });

  it("that ended with damaged parts cost a request more: the longest is tried", async () => {
    const server = await fileServer(good);
    const pid = await endedProcess();
    const short = Array.from({ length: 5 }, () => content.subarray(0, 10));
    for (const [n, bytes] of [...short, other, ...short].entries()) {
      const part = join(folder, `file.bin.part-${hostname()}-${pid}-${n}`);
      await mkdir(part);
      await writeFile(join(part, "data"), bytes);
      await writeFile(join(part, "source.json"), "{ cut off");
    }
    await from([server]);
    await expectWhole();
    expect(server.ranges).toEqual(["bytes=300000-", undefined]);
  });

  it("that ended with more than the file has leave nothing to resume", async () => {
    const server = await fileServer(good);
    const part = join(folder, `file.bin.part-${hostname()}-${await endedProcess()}-0`);
    await mkdir(part);
    await writeFile(join(part, "data"), Buffer.concat([content, content]));
    await from([server], { bytes: content.length });
    await expectWhole();
    expect(server.ranges).toEqual([undefined]);
  });

  it("of another machine keep their part", async () => {
    const server = await fileServer(good);
    await mkdir(join(folder, `file.bin.part-elsewhere-${await endedProcess()}-0`));
    await from([server]);
    expect(await partsOf()).toHaveLength(1);
    expect(server.ranges).toEqual([undefined]);
  });
});

/** A port at which nobody listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** The id of a process that is no more. */
async function endedProcess(): Promise<number> {
  const ended = spawn(process.execPath, ["-e", ""]);
  await once(ended, "exit");
  return ended.pid!;
}

it("stops when it is told to, and keeps what has come", async () => {
  const server = await fileServer((response, request, n) =>
    sendFile(response, request, content, { stallAfter: n === 0 ? 1000 : undefined }),
  );
  const stop = new AbortController();
  const onProgress = (done: number) => void (done === 1000 && stop.abort(new Error("enough")));
  await expect(from([server], { signal: stop.signal, onProgress })).rejects.toThrow("enough");
  await from([server]);
  await expectWhole();
  expect(server.ranges).toEqual([undefined, "bytes=1000-"]);
});

describe("a disk", () => {
  it.skipIf(!existsSync("/dev/full"))("that is full is named", async () => {
    const server = await fileServer(good);
    const part = join(folder, `file.bin.part-${hostname()}-${await endedProcess()}-0`);
    await mkdir(part);
    await symlink("/dev/full", join(part, "data"));
    await expect(from([server])).rejects.toThrow(
      new InputError(`cannot write ${to} (disk full; make room, or give another folder)`),
    );
  });

  it("with a file in the folder's place is named", async () => {
    const server = await fileServer(good);
    await writeFile(join(folder, "file"), "");
    const path = join(folder, "file/file.bin");
    await expect(from([server], { to: path })).rejects.toThrow(
      `cannot write ${path} (a file is where a folder should be; give another folder)`,
    );
    expect(server.ranges).toEqual([]);
  });

  it.skipIf(process.platform === "win32")("that may not be written is named", async () => {
    const server = await fileServer(good);
    await chmod(folder, 0o555);
    // Root may write everywhere, so for this question it is nobody.
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65534);
    try {
      await expect(from([server])).rejects.toThrow(`cannot write ${to} (no permission;`);
    } finally {
      if (root) process.seteuid?.(0);
      await chmod(folder, 0o755);
    }
  });
});
