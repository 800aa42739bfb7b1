import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  decodeImage,
  encodePng,
  hasImageSuffix,
  InputError,
  imageSuffixes,
  type RgbImage,
  writePng,
} from "facelab";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "facelab decode "));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** 64 x 32: four plain quarters, red and green above, blue and white below. */
const quarters = [
  [220, 30, 30],
  [30, 200, 30],
  [30, 30, 210],
  [240, 240, 240],
] as const;
function drawing() {
  const data = Buffer.alloc(64 * 32 * 3);
  for (let y = 0; y < 32; y++) {
    for (let x = 0; x < 64; x++) data.set(quarters[(y < 16 ? 0 : 2) + (x < 32 ? 0 : 1)]!, (y * 64 + x) * 3);
  }
  return sharp(data, { raw: { width: 64, height: 32, channels: 3 } });
}

/** The colours in the middle of the four quarters. */
function corners({ width, height, data }: RgbImage): number[][] {
  return [1, 3].flatMap((y) =>
    [1, 3].map((x) => [...data.subarray((((height * y) / 4) * width + (width * x) / 4) * 3).subarray(0, 3)]),
  );
}

function expectClose(actual: number[][], expected: readonly (readonly number[])[], tolerance: number): void {
  for (const [i, colour] of expected.entries()) {
    for (const [c, value] of colour.entries())
      expect(Math.abs(actual[i]![c]! - value)).toBeLessThanOrEqual(tolerance);
  }
}

describe("formats", () => {
  const formats = {
    jpg: () => drawing().jpeg({ quality: 95 }).toBuffer(),
    "progressive.jpg": () => drawing().jpeg({ quality: 95, progressive: true }).toBuffer(),
    png: () => drawing().png().toBuffer(),
    "palette.png": () => drawing().png({ palette: true }).toBuffer(),
    webp: () => drawing().webp({ quality: 95 }).toBuffer(),
    avif: () => drawing().avif({ quality: 90 }).toBuffer(),
    gif: () => drawing().gif().toBuffer(),
    tiff: () => drawing().tiff({ compression: "lzw" }).toBuffer(),
  };
  test.each(Object.entries(formats))("%s, whatever the suffix says", async (name, make) => {
    const path = join(dir, `${name}.dat`);
    await writeFile(path, await make());
    const image = await decodeImage(path);
    expect([image.width, image.height, image.data.length]).toEqual([64, 32, 64 * 32 * 3]);
    expectClose(corners(image), quarters, 14);
  });

  test("CMYK, for colours that ink can show", async () => {
    const skin = sharp(Buffer.from([200, 160, 140]), { raw: { width: 1, height: 1, channels: 3 } });
    const bytes = await skin.toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe("cmyk");
    expectClose([[...(await decodeImage(bytes)).data]], [[200, 160, 140]], 12);
  });

  test("an embedded colour profile is applied", async () => {
    const colours = sharp(Buffer.from([200, 60, 50]), { raw: { width: 1, height: 1, channels: 3 } });
    const bytes = await colours.withIccProfile("p3").png().toBuffer();
    expect([...(await sharp(bytes, { ignoreIcc: true }).raw().toBuffer())]).not.toEqual([200, 60, 50]);
    expectClose([[...(await decodeImage(bytes)).data]], [[200, 60, 50]], 2);
  });

  test("bytes and a path give the same", async () => {
    const bytes = await drawing().png().toBuffer();
    await writeFile(join(dir, "same.png"), bytes);
    expect(await decodeImage(bytes)).toEqual(await decodeImage(join(dir, "same.png")));
  });

  test("grey becomes three equal channels", async () => {
    for (const bytes of [
      await drawing().greyscale().png().toBuffer(),
      await drawing().greyscale().jpeg().toBuffer(),
    ]) {
      const { data } = await decodeImage(bytes);
      expect(data.length).toBe(64 * 32 * 3);
      expect([data[0], data[1]]).toEqual([data[1], data[2]]);
    }
  });

  test("16 bits are scaled to 8", async () => {
    const samples = new Uint16Array([0, 257, 32896, 65535, 65535, 514]);
    const rgb = await sharp(samples, { raw: { width: 2, height: 1, channels: 3 } })
      .toColourspace("rgb16")
      .png()
      .toBuffer();
    expect((await sharp(rgb).metadata()).depth).toBe("ushort");
    expect([...(await decodeImage(rgb)).data]).toEqual([0, 1, 128, 255, 255, 2]);
    const grey = await sharp(new Uint16Array([257 * 77]), { raw: { width: 1, height: 1, channels: 1 } })
      .toColourspace("grey16")
      .png()
      .toBuffer();
    expect((await sharp(grey).metadata()).depth).toBe("ushort");
    expect([...(await decodeImage(grey)).data]).toEqual([77, 77, 77]);
  });

  test("transparency shows the background", async () => {
    const half = { r: 255, g: 0, b: 0, alpha: 0.5 };
    const bytes = await sharp({ create: { width: 1, height: 1, channels: 4, background: half } })
      .png()
      .toBuffer();
    expectClose([[...(await decodeImage(bytes)).data]], [[255, 127, 127]], 1);
    expectClose([[...(await decodeImage(bytes, { background: "#000000" })).data]], [[128, 0, 0]], 1);
    const clear = await sharp(Buffer.from([9, 0]), { raw: { width: 1, height: 1, channels: 2 } })
      .png()
      .toBuffer();
    expect([...(await decodeImage(clear)).data]).toEqual([255, 255, 255]);
  });

  test.each(["gif", "webp"] as const)("an animation gives its first picture: %s", async (format) => {
    const frames = ["#ff0000", "#0000ff"].map((background) => ({
      create: { width: 8, height: 8, channels: 3 as const, background },
    }));
    const bytes = await sharp(frames.map((input) => input) as never, { join: { animated: true } })
      .toFormat(format, { lossless: format === "webp" })
      .toBuffer();
    expect((await sharp(bytes).metadata()).pages).toBe(2);
    const { width, height, data } = await decodeImage(bytes);
    expect([width, height, ...data.subarray(0, 3)]).toEqual([8, 8, 255, 0, 0]);
  });
});

test("stray bytes between the segments, as some cameras write them, do no harm", async () => {
  const bytes = await drawing().jpeg({ quality: 95 }).toBuffer();
  const afterFirst = 4 + bytes.readUInt16BE(4);
  const odd = Buffer.concat([bytes.subarray(0, afterFirst), Buffer.alloc(10), bytes.subarray(afterFirst)]);
  expect(await decodeImage(odd)).toEqual(await decodeImage(bytes));
});

describe("EXIF orientation", () => {
  // What a viewer must do to a picture stored so (the EXIF 2.3 specification, tag 0x0112), told on the quarters 0 1 / 2 3.
  const upright: Record<number, number[]> = {
    1: [0, 1, 2, 3],
    2: [1, 0, 3, 2],
    3: [3, 2, 1, 0],
    4: [2, 3, 0, 1],
    5: [0, 2, 1, 3],
    6: [2, 0, 3, 1],
    7: [3, 1, 2, 0],
    8: [1, 3, 0, 2],
  };
  test.each(Object.entries(upright))("%s is turned upright", async (orientation, order) => {
    const bytes = await drawing()
      .withMetadata({ orientation: Number(orientation) })
      .jpeg({ quality: 95 })
      .toBuffer();
    expect((await sharp(bytes).metadata()).orientation).toBe(Number(orientation));
    const image = await decodeImage(bytes);
    expect([image.width, image.height]).toEqual(Number(orientation) < 5 ? [64, 32] : [32, 64]);
    expectClose(
      corners(image),
      order.map((quarter) => quarters[quarter]!),
      14,
    );
  });
});

describe("what cannot be read", () => {
  const refused = async (photo: string | Uint8Array): Promise<InputError> => {
    const error = await decodeImage(photo).then(
      () => new Error("it was decoded"),
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  };

  test("a missing file, a folder, an empty file", async () => {
    expect((await refused(join(dir, "no.jpg"))).message).toBe(
      `cannot read photo: ${join(dir, "no.jpg")} (no such file)`,
    );
    expect((await refused(dir)).message).toBe(`cannot read photo: ${dir} (it is a folder)`);
    await writeFile(join(dir, "empty.jpg"), "");
    expect((await refused(join(dir, "empty.jpg"))).message).toContain("(the file is empty)");
  });

  test("text with a photo's suffix, with the cause kept", async () => {
    await writeFile(join(dir, "text.jpg"), "this is no photo");
    const error = await refused(join(dir, "text.jpg"));
    expect(error.message).toMatch(/^cannot read photo: .*text\.jpg \(.*unsupported image format.*\)$/);
    expect(error.cause).toBeInstanceOf(Error);
  });

  test("photos that were cut off", async () => {
    const noise = Buffer.alloc(200 * 200 * 3, 0).map((_, i) => (i * 7919) % 251);
    const image = () => sharp(noise, { raw: { width: 200, height: 200, channels: 3 } });
    for (const bytes of [
      await image().jpeg().toBuffer(),
      await image().png().toBuffer(),
      await image().webp().toBuffer(),
    ]) {
      expect((await refused(bytes.subarray(0, bytes.length >> 1))).message).toMatch(
        /^cannot read photo: \d+ bytes \(/,
      );
    }
  });

  test("a drawing is not a photo", async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
    expect((await refused(svg)).message).toContain("svg is not a photo format");
  });
});

describe("png", () => {
  const image: RgbImage = { width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 250, 251, 252) };
  test("what is written is what is read", async () => {
    await writePng(join(dir, "größe 人.png"), image);
    expect(await decodeImage(join(dir, "größe 人.png"))).toEqual(image);
    expect(await decodeImage(await encodePng(image))).toEqual(image);
  });
  test("refuses inconsistent images and unwritable places, leaving nothing behind", async () => {
    await expect(encodePng({ ...image, width: 3 })).rejects.toThrow(
      "invalid image: 6 bytes for 3 x 1 RGB pixels (must be 9)",
    );
    await expect(writePng(join(dir, "no", "folder.png"), image)).rejects.toThrow(/^cannot write picture: /);
  });
});

test("suffixes are sorted, lower case, and matched in any case", () => {
  expect([...imageSuffixes].sort()).toEqual(imageSuffixes);
  expect(["a.JPG", "b/c.TiFf", "x.pgm"].map(hasImageSuffix)).toEqual([true, true, true]);
  expect(["jpg", ".jpg", "a.txt", "a.jpg.bak"].map(hasImageSuffix)).toEqual([false, false, false, false]);
});
