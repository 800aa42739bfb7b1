import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type HaarOptions, haar, InputError, loadModelFiles, type RgbImage, resizeImage } from "facelab";
import { afterEach, describe, expect, it, vi } from "vitest";
import { loadCascade, mostCascadePixels } from "../../src/lib/dist/inference/opencv.js";
import { samplePhoto } from "../support/sample-photos.js";
import { haarCascade, itWithShared } from "../support/shared.js";
import { imageOf } from "../support/synthetic-images.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const require = createRequire(new URL("../../src/lib/dist/index.js", import.meta.url));
const itHere = itWithShared(haarCascade);

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What OpenCV's CascadeClassifier finds: test/reference/detection/haar.py. */
interface Reference {
  readonly photo: string;
  /** left, top, width, height of the part of the photo. */
  readonly part: readonly [number, number, number, number];
  readonly params: Required<HaarOptions>;
  /** x, y, width, height; the windows that were joined. */
  readonly boxes: readonly number[][];
}

const path = new URL("../reference/detection/haar.json", import.meta.url);
const reference: readonly Reference[] = JSON.parse(await readFile(path, "utf8"));

function cut(photo: RgbImage, [left, top, width, height]: Reference["part"]): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * photo.width + left) * 3;
    data.set(photo.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { width, height, data };
}

const byNumbers = (a: readonly number[], b: readonly number[]) => {
  const i = a.findIndex((value, k) => value !== b[k]);
  return i < 0 ? 0 : a[i]! - b[i]!;
};

describe("haar beside OpenCV", () => {
  it("has something to be compared with", () => {
    expect(reference.flatMap(({ boxes }) => boxes).length).toBeGreaterThan(40);
  });

  for (const [i, { photo, part, params, boxes }] of reference.entries()) {
    itHere(
      `finds the same boxes by as many windows, number ${i}: ${photo} at ${part.join(", ")}`,
      async () => {
        const found = await (await haar(params)).detect(cut(await samplePhoto(photo), part));
        const own = found.map(({ box: { x, y, width, height }, score }) => [
          ...[x, y, width, height],
          Math.round(score / (1 - score)),
        ]);
        expect(own.toSorted(byNumbers)).toEqual(boxes);
        const scores = found.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      },
    );
  }
});

describe("haar", () => {
  itHere("says what can change its boxes: settings, cascade and version of OpenCV", async () => {
    const { params, models } = await haar();
    expect(params).toEqual({ scaleFactor: 1.1, minNeighbors: 3, minFaceSize: 20 });
    expect(models).toHaveLength(2);
    expect(models[0]).toMatchObject({
      sha256: "0f7d4527844eb514d4a4948e822da90fbb16a34a0bbbbc6adc6498747a5aafb0",
      engine: `@techstark/opencv-js ${require("@techstark/opencv-js/package.json").version}`,
    });
    expect(models[1]!.source).toMatch(/face_landmark_68_model\.bin$/);
  });

  itHere("leaves it to the process what to do about its errors", async () => {
    await haar();
    const listeners = ["uncaughtException", "unhandledRejection"].flatMap((event) =>
      process.listeners(event as "uncaughtException").map(String),
    );
    const file = await readFile(require.resolve("@techstark/opencv-js"), "utf8");
    expect(listeners.filter((code) => file.includes(code))).toEqual([]);
  });

  itHere("frees what a photo took: all of these together are more than it could have", async () => {
    const detector = await haar({ minFaceSize: 950 });
    const photo = imageOf(1000, 1000, () => 128);
    for (let i = 0; i < 400; i++) expect(await detector.detect(photo)).toEqual([]);
  });

  itHere("looks at a smaller copy of a very large photo, and finds the faces where they are", async () => {
    const detector = await haar({ minNeighbors: 10, minFaceSize: 400, scaleFactor: 1.2 });
    const photo = await samplePhoto("sample3.jpg");
    const large = await resizeImage(photo, 2 * photo.width, 2 * photo.height);
    const found = await detector.detect(large);
    const middles = found.map(({ box: { x, y, width, height } }) => [x + width / 2, y + height / 2]);
    expect(middles).toHaveLength(3);
    const smaller = await haar({ minNeighbors: 10, minFaceSize: 200, scaleFactor: 1.2 });
    const expected = await smaller.detect(photo);
    expect(expected).toHaveLength(3);
    for (const { box } of expected) {
      const [x, y] = [2 * box.x + box.width, 2 * box.y + box.height];
      const apart = middles.map(([a, b]) => Math.hypot(a! - x, b! - y));
      expect(Math.min(...apart)).toBeLessThan(0.1 * 2 * box.width);
    }
  });

  itHere("takes large photos of any shape one after the other, and fine steps", async () => {
    for (const [scaleFactor, sizes] of [
      [
        1.3,
        [
          [1000, 3400],
          [3400, 1000],
          [1800, 1800],
        ],
      ],
      [
        1.02,
        [
          [300, 800],
          [800, 300],
          [2400, 2400],
          [30, 30],
        ],
      ],
    ] as const) {
      const detector = await haar({ scaleFactor, minFaceSize: 290 });
      for (const [width, height] of sizes) {
        expect(await detector.detect(imageOf(width, height, () => 128))).toEqual([]);
      }
    }
  });

  itHere("says it where a cascade is given more pixels than OpenCV has memory for", async () => {
    expect(mostCascadePixels(1.1) / 1e6).toBeCloseTo(7.05, 2);
    const [file] = await loadModelFiles("haarcascade");
    const cascade = await loadCascade(file!.bytes, file!.sha256);
    expect(() =>
      cascade.detect(
        imageOf(2700, 2700, () => 128),
        { scaleFactor: 1.1, minNeighbors: 3, minSize: 20 },
      ),
    ).toThrow(
      new InputError(
        "opencv has too little memory for a photo of 2700 x 2700 (take a smaller one or a larger scaleFactor)",
      ),
    );
    expect(() =>
      cascade.detect(
        imageOf(50, 50, () => 128),
        { scaleFactor: Number.NaN, minNeighbors: 3, minSize: 20 },
      ),
    ).toThrow(/^opencv fails on a photo of 50 x 50 \(OpenCV\(4\.12\.0\) .*scaleFactor > 1/);
    const flat = imageOf(50, 50, () => 128);
    expect(cascade.detect(flat, { scaleFactor: 1.1, minNeighbors: 3, minSize: 20 })).toEqual([]);
  });

  itHere("refuses an image whose bytes are too few", async () => {
    const detector = await haar();
    await expect(detector.detect({ width: 30, height: 30, data: new Uint8Array(5) })).rejects.toThrow(
      new InputError("image of 30 x 30 with 5 bytes (must be 2700)"),
    );
  });

  itHere("refuses a file that is another one", async () => {
    const folder = await temporaryFolder();
    await mkdir(`${folder}/haarcascade`);
    await writeFile(`${folder}/haarcascade/haarcascade_frontalface_default.xml`, "<opencv_storage/>");
    vi.stubEnv("FACELAB_MODELS", folder);
    const error = await haar().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(
      /^wrong file: .*haarcascade_frontalface_default\.xml has sha256 /,
    );
  });

  it.each<[HaarOptions, string]>([
    [{ scaleFactor: 1 }, "invalid scaleFactor: 1 (must be a number > 1)"],
    [{ scaleFactor: Number.POSITIVE_INFINITY }, "invalid scaleFactor: Infinity (must be a number > 1)"],
    [{ scaleFactor: Number.NaN }, "invalid scaleFactor: NaN (must be a number > 1)"],
    [{ minNeighbors: -1 }, "invalid minNeighbors: -1 (must be an integer >= 0)"],
    [{ minNeighbors: 2.5 }, "invalid minNeighbors: 2.5 (must be an integer >= 0)"],
    [{ minFaceSize: 0 }, "invalid minFaceSize: 0 (must be an integer >= 1)"],
  ])("refuses %o", async (options, message) => {
    await expect(haar(options)).rejects.toThrow(new InputError(message));
  });
});
