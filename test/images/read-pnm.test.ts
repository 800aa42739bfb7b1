import { decodeImage, InputError, readPnm } from "facelab";
import { describe, expect, test } from "vitest";
import { itWithShared, sharedPath } from "../support/shared.js";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const raw = (header: string, ...samples: number[]): Uint8Array => Uint8Array.of(...text(header), ...samples);
const grey = (...values: number[]): number[] => values.flatMap((value) => [value, value, value]);

describe("reads", () => {
  test.each<[string, Uint8Array, number[]]>([
    ["P2", text("P2\n2 1\n255\n7 255\n"), grey(7, 255)],
    ["P2 without a last newline", text("P2 2 1 255 7 25"), grey(7, 25)],
    ["P3", text("P3\n2 1\n255\n1 2 3\n4 5 6\n"), [1, 2, 3, 4, 5, 6]],
    ["P5", raw("P5\n2 1\n255\n", 0, 200), grey(0, 200)],
    ["P5 whose first pixel looks like white space", raw("P5 2 1 255\n", 10, 32), grey(10, 32)],
    ["P6", raw("P6\n2 1\n255\n", 9, 8, 7, 6, 5, 4), [9, 8, 7, 6, 5, 4]],
    [
      "comments anywhere in the header",
      raw("P5# by hand\n#another\n2 #width\n1\n# 9 9 9\n255\n", 1, 2),
      grey(1, 2),
    ],
    ["comments between plain samples", text("P2\n2 1 255\n1 # one\n# two\n2"), grey(1, 2)],
    ["Windows line ends", raw("P5\r\n2 1\r\n255\n", 1, 2), grey(1, 2)],
    ["a small maxval", text("P2 4 1 3 0 1 2 3"), grey(0, 85, 170, 255)],
    ["16 bits, high byte first", raw("P5 3 1 65535\n", 0, 0, 128, 128, 255, 255), grey(0, 128, 255)],
    ["12 bits", raw("P5 2 1 4095\n", 15, 255, 8, 0), grey(255, 128)],
    ["16-bit colour", raw("P6 1 1 65535\n", 255, 255, 0, 0, 1, 1), [255, 0, 1]],
    ["the first of several images", raw("P5 1 1 255\n", 5, 0x50, 0x35), grey(5)],
  ])("%s", (_, bytes, data) => {
    const image = readPnm(bytes);
    expect([...image.data]).toEqual(data);
    expect(image.width * image.height * 3).toBe(data.length);
  });

  test("rows before columns", () => {
    expect(readPnm(text("P2 2 3 255 1 2 3 4 5 6"))).toMatchObject({ width: 2, height: 3 });
  });
});

test.each<[string, Uint8Array, string]>([
  ["cut pixels", raw("P5 2 2 255\n", 1, 2, 3), "truncated: 2 x 2 pixels need 4 bytes, 3 are left"],
  ["cut 16-bit pixels", raw("P5 2 1 65535\n", 1, 2, 3), "truncated: 2 x 1 pixels need 4 bytes, 3 are left"],
  ["a size that no memory holds", raw("P5 999999 999999 255\n", 1), "truncated: 999999 x 999999 pixels need"],
  ["such a size in plain", text("P2 999999 999999 255 1"), "truncated: 999999 x 999999 pixels need"],
  ["cut plain samples", text("P2 2 2 255 100 200 123"), "truncated: no sample"],
  ["a cut header", text("P5 2"), "truncated: no height"],
  ["an endless comment", text("P5 # no end"), "truncated: no width"],
  ["letters for a number", text("P5 two 2 255\n"), "damaged: no number for width"],
  ["width 0", text("P5 0 2 255\n"), "invalid width: 0"],
  ["maxval 0", text("P5 1 1 0\n1"), "invalid maxval: 0"],
  ["maxval 65536", text("P5 1 1 65536\n1"), "invalid maxval: 65536"],
  ["a raw sample above maxval", raw("P5 1 1 15\n", 16), "invalid sample: 16 (maxval is 15)"],
  ["a plain sample above maxval", text("P2 1 1 15 16"), "invalid sample: 16 (must be in 0..15)"],
  ["a bitmap", text("P1 1 1 1"), "not a portable map"],
])("refuses %s", async (_, bytes, message) => {
  expect(() => readPnm(bytes)).toThrow(InputError);
  expect(() => readPnm(bytes)).toThrow(message);
  await expect(decodeImage(bytes)).rejects.toThrow(/^cannot read photo: \d+ bytes \(/);
});

const orl = "data/orl-faces/s1/1.pgm";
itWithShared(orl)("the ORL faces", async () => {
  const { width, height, data } = await decodeImage(sharedPath(orl));
  expect([width, height]).toEqual([92, 112]);
  expect([...data.subarray(0, 9)]).toEqual(grey(0x30, 0x31, 0x2d));
});
