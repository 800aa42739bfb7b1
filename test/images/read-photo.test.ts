import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:fs";
import fs, { open, stat, symlink, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { decodeImage, InputError, looksLikePhoto, readPhoto } from "facelab";
import sharp from "sharp";
import { describe, expect, it, vi } from "vitest";
import { PNG_SIGNATURE, pngChunk, pngHeader } from "../hostile/png-chunks.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = await temporaryFolder();

const grey = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: "#777777" } })
    .png()
    .toBuffer();

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
}

describe("readPhoto", () => {
  it("reads the bytes of a file, whatever they are", async () => {
    const path = join(folder, "bytes.jpg");
    await writeFile(path, Uint8Array.of(1, 2, 3));
    expect([...(await readPhoto(path))]).toEqual([1, 2, 3]);
    expect([...(await readPhoto(path, { maxBytes: 3 }))]).toEqual([1, 2, 3]);
    expect(await refusal(readPhoto(path, { maxBytes: 2 }))).toBe(
      `cannot read photo: ${path} (too large: 3 bytes, at most 2)`,
    );
    expect(await refusal(decodeImage(path, { maxBytes: 2 }))).toContain("too large: 3 bytes, at most 2");
  });

  // Windows has none of them.
  it.skipIf(process.platform === "win32")("waits for no pipe, reads no device, opens no socket", async () => {
    const [pipe, zeros, socket] = ["pipe.jpg", "zeros.jpg", "socket.jpg"].map((name) => join(folder, name));
    expect(spawnSync("mkfifo", [pipe!]).status).toBe(0);
    await symlink("/dev/zero", zeros!);
    await once(createServer().listen(socket!).unref(), "listening");
    for (const path of [pipe!, zeros!, socket!]) {
      const message = `cannot read photo: ${path} (it is not a regular file)`;
      expect(await refusal(readPhoto(path))).toBe(message);
      expect(await refusal(decodeImage(path))).toBe(message);
    }
  });

  it.skipIf(process.platform === "win32")(
    "waits for no pipe that takes a file's place meanwhile",
    async () => {
      const [file, pipe] = [join(folder, "was.jpg"), join(folder, "is a pipe.jpg")];
      await writeFile(file, "a file");
      expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
      const before = await stat(file);
      vi.spyOn(fs, "stat").mockResolvedValueOnce(before);
      syncBuiltinESMExports();
      const read = refusal(readPhoto(pipe));
      const late = new Promise((resolve) => setTimeout(resolve, 2000, "it waits"));
      const answer = await Promise.race([read, late]);
      vi.restoreAllMocks();
      syncBuiltinESMExports();
      // Whoever waited would keep one of Node's threads for ever.
      await (await open(pipe, constants.O_RDWR | constants.O_NONBLOCK)).close();
      expect(answer).toBe(`cannot read photo: ${pipe} (it is not a regular file)`);
    },
  );

  it.skipIf(process.platform !== "linux")("takes a file of /proc for an empty one", async () => {
    expect((await readPhoto("/proc/self/status")).length).toBe(0);
  });

  it.skipIf(process.platform === "win32")("says that links lead in a circle", async () => {
    const path = join(folder, "circle.jpg");
    await symlink("circle.jpg", path);
    expect(await refusal(readPhoto(path))).toBe(`cannot read photo: ${path} (its links lead in a circle)`);
  });
});

describe("the limit of pixels", () => {
  it("refuses what is larger by one pixel, and says how to raise it", async () => {
    const path = join(folder, "photo.png");
    await writeFile(path, await grey(30, 20));
    expect(await decodeImage(path, { maxPixels: 600 })).toMatchObject({ width: 30, height: 20 });
    expect(await refusal(decodeImage(path, { maxPixels: 599 }))).toBe(
      `cannot read photo: ${path} (too large: 30 x 20 pixels, at most 599; --max-pixels raises it)`,
    );
    const pgm = Buffer.concat([Buffer.from("P5 30 20 255\n"), Buffer.alloc(600)]);
    expect(await decodeImage(pgm, { maxPixels: 600 })).toMatchObject({ width: 30, height: 20 });
    expect(await refusal(decodeImage(pgm, { maxPixels: 599 }))).toContain("too large: 30 x 20 pixels");
  });

  it("is 100 million, and is asked before there are pixels", async () => {
    const header = Buffer.from("P5 20000 20000 255\n0");
    expect(await refusal(decodeImage(header, { name: "x.pgm" }))).toBe(
      "cannot read photo: x.pgm (too large: 20000 x 20000 pixels, at most 100 million; --max-pixels raises it)",
    );
    expect(await refusal(decodeImage(header, { maxPixels: 2_500_000_000 }))).toContain("truncated");
  });

  it("may be raised above sharp's own, which is 268 million", async () => {
    // As many pixels as its header says are not there.
    const chunks = [pngHeader(17_000, 17_000), pngChunk("IDAT", deflateSync(Buffer.alloc(500)))];
    const png = Buffer.concat([PNG_SIGNATURE, ...chunks, pngChunk("IEND", Buffer.alloc(0))]);
    const message = await refusal(decodeImage(png, { name: "x.png", maxPixels: 300_000_000 }));
    expect(message).toMatch(/^cannot read photo: x\.png \(/);
    expect(message).not.toMatch(/pixel limit|too large/);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses %s as a limit", async (maxPixels) => {
    await expect(decodeImage(await grey(1, 1), { maxPixels })).rejects.toThrow(
      `invalid maxPixels: ${maxPixels} (must be an integer >= 1)`,
    );
  });
});

it("a photo by its suffix may be of a format that is not read", () => {
  expect(["a.JPG", "b.heic", "c.DNG", "d.bmp"].map(looksLikePhoto)).toEqual([true, true, true, true]);
  expect(["notes.txt", "jpg", ".heic", "a.svg", "a.mp4"].map(looksLikePhoto)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});
