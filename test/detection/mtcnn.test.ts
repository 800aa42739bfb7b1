import { join } from "node:path";
import {
  createRandom,
  type Detection,
  type Detector,
  decodeImage,
  InputError,
  type Landmarks5,
  mtcnn,
  overlap,
  type RgbImage,
  warpImage,
} from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { facenetReference, type ReferenceFace } from "../support/facenet-reference.js";
import { sampleNames, samplePath } from "../support/sample-photos.js";
import { itWithShared, mtcnnManifest, mtcnnShard, sharedPath } from "../support/shared.js";
import { imageOf } from "../support/synthetic-images.js";
import { writeSyntheticMtcnn } from "../support/synthetic-mtcnn-weights.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const itWithWeights = itWithShared(mtcnnManifest, mtcnnShard);
const scenes = [1, 2, 3, 4, 5].map((number) => `bbt${number}.jpg`);
const scenePath = (name: string): string => `data/tv-characters/scenes/${name}`;

let loaded: Promise<Detector> | undefined;
function detector(): Promise<Detector> {
  loaded ??= mtcnn({ weights: sharedPath(mtcnnManifest) });
  return loaded;
}

function corners({ box: { x, y, width, height }, score }: { box: Detection["box"]; score: number }) {
  return { x1: x, y1: y, x2: x + width, y2: y + height, score };
}

function distance(a: Landmarks5, b: Landmarks5, i: 0 | 1 | 2 | 3 | 4): number {
  return Math.hypot(a[i].x - b[i].x, a[i].y - b[i].y);
}

/** Mean distance of the five points, as a part of the reference's distance between the eyes. */
function landmarkError(found: Landmarks5, expected: Landmarks5): number {
  const [left, right] = expected;
  const sum = ([0, 1, 2, 3, 4] as const).reduce<number>(
    (total, i) => total + distance(found, expected, i),
    0,
  );
  return sum / 5 / Math.hypot(right.x - left.x, right.y - left.y);
}

/** Pairs each reference face with the detection that overlaps it most. */
function nearest(face: ReferenceFace, found: readonly Detection[]) {
  const ranked = found.map((detection) => ({ detection, iou: overlap(corners(face), corners(detection)) }));
  return ranked.sort((a, b) => b.iou - a.iou)[0];
}

/** Compares with the reference; returns the worst numbers, and how many detections have no counterpart there. */
async function compare(names: readonly string[], pathOf: (name: string) => string) {
  const reference = await facenetReference();
  const detect = (await detector()).detect;
  const worst = { iou: 1, landmarks: 0, extra: 0 };
  for (const name of names) {
    const found = await detect(await decodeImage(pathOf(name)));
    const expected = reference[name]!;
    for (const face of expected.filter(({ score }) => score >= 0.9)) {
      const match = nearest(face, found);
      const what = `${name}: the face at ${Math.round(face.box.x)}, ${Math.round(face.box.y)}`;
      expect(match?.iou ?? 0, what).toBeGreaterThanOrEqual(face.box.width >= 40 ? 0.85 : 0.7);
      const error = landmarkError(match!.detection.landmarks, face.landmarks);
      expect(error, `${what}, landmarks`).toBeLessThanOrEqual(0.03);
      worst.iou = Math.min(worst.iou, match!.iou);
      worst.landmarks = Math.max(worst.landmarks, error);
    }
    // Each face of the reference, also the doubtful ones, accounts for one detection; twice the same face is one extra.
    const known = expected.filter((face) => (nearest(face, found)?.iou ?? 0) >= 0.5);
    worst.extra += found.length - known.length;
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  }
  console.info(`MTCNN against facenet-pytorch, ${names.length} photos: ${JSON.stringify(worst)}`);
  return worst;
}

describe("mtcnn against facenet-pytorch", () => {
  itWithWeights("finds the faces of the sample photos", async () => {
    const { iou, landmarks, extra } = await compare(sampleNames, samplePath);
    expect(extra).toBe(0);
    // Measured: the same to five digits. A decoder that rounds another way may move it, a changed network moves it more.
    expect(iou).toBeGreaterThan(0.98);
    expect(landmarks).toBeLessThan(0.01);
  });

  // With none in the sample photos, one here is one in all.
  itWithShared(
    mtcnnManifest,
    mtcnnShard,
    ...scenes.map(scenePath),
  )("finds the faces of the group scenes, with at most one that the reference has not", async () => {
    const { extra } = await compare(scenes, (name) => sharedPath(scenePath(name)));
    expect(extra).toBeLessThanOrEqual(1);
  });
});

describe("mtcnn", () => {
  itWithWeights("finds nobody in a photo without faces", async () => {
    const waves = imageOf(320, 240, (x, y, c) => 128 + 100 * Math.sin(x / 9 + c) * Math.cos(y / 17));
    expect(await (await detector()).detect(waves)).toEqual([]);
  });

  itWithWeights("puts left on the viewer's left, and the mouth below the eyes", async () => {
    const faces = await (await detector()).detect(await decodeImage(samplePath("sample6.jpg")));
    expect(faces.length).toBeGreaterThanOrEqual(4);
    for (const { landmarks, box, score } of faces) {
      const [leftEye, rightEye, , leftMouth, rightMouth] = landmarks;
      expect(leftEye.x).toBeLessThan(rightEye.x);
      expect(leftMouth.x).toBeLessThan(rightMouth.x);
      expect(leftMouth.y).toBeGreaterThan(leftEye.y);
      expect(rightMouth.y).toBeGreaterThan(rightEye.y);
      expect(box.width).toBeGreaterThan(20);
      expect(score).toBeGreaterThan(0.7);
      expect(score).toBeLessThanOrEqual(1);
    }
  });

  itWithWeights(
    "does not look for faces smaller than minFaceSize, nor below the last threshold",
    async () => {
      const photo = await decodeImage(samplePath("sample4.jpg"));
      const weights = sharedPath(mtcnnManifest);
      const large = await (await mtcnn({ weights, minFaceSize: 120 })).detect(photo);
      expect(large.length).toBeGreaterThanOrEqual(4);
      expect(Math.min(...large.map(({ box }) => box.width))).toBeGreaterThan(100); // the one of 69 is not among them
      const sure = await (await mtcnn({ weights, minFaceSize: 60, thresholds: [0.6, 0.7, 0.999] })).detect(
        photo,
      );
      expect(sure.length).toBeGreaterThanOrEqual(1);
      expect(Math.min(...sure.map(({ score }) => score))).toBeGreaterThan(0.999);
    },
  );

  itWithWeights("finds the same, to the bit, in photos at once and after others of any size", async () => {
    const photos = await Promise.all(
      ["sample6.jpg", "sample4.jpg"].map((name) => decodeImage(samplePath(name))),
    );
    const half = warpImage(photos[0]!, { a: 2.5, b: 0, dx: 0, dy: 0 }, 500, 400);
    const images = [half, ...photos, imageOf(64, 48, (x) => 3 * x), half];
    const options = { weights: sharedPath(mtcnnManifest), minFaceSize: 60 };
    // Each by a detector that has seen no other photo.
    const alone: Detection[][] = [];
    for (const image of images) alone.push(await (await mtcnn(options)).detect(image));
    expect(alone.map(({ length }) => length > 0)).toEqual([true, true, true, false, true]);
    const { detect } = await mtcnn(options);
    expect(await Promise.all(images.map((image) => detect(image)))).toEqual(alone);
    for (const [i, image] of images.entries()) expect(await detect(image)).toEqual(alone[i]);
  });

  describe("with weights that have seen no face", () => {
    let folder: string;
    let weights: string;
    beforeAll(async () => {
      folder = await temporaryFolder();
      weights = await writeSyntheticMtcnn(join(folder, "whole"));
    });

    it("takes an image of any size", async () => {
      // Every window passes, so that all three networks run: also on what is hardly larger than one window.
      const all = await mtcnn({ weights, minFaceSize: 12, thresholds: [0.01, 0.01, 0.01] });
      const plain = (width: number, height: number): RgbImage => imageOf(width, height, () => 200);
      for (const [width, height] of [
        [1, 1],
        [5, 5],
        [12, 11],
        [300, 5],
      ] as const) {
        expect(await all.detect(plain(width, height)), `${width} x ${height}`).toEqual([]);
      }
      for (const [width, height] of [
        [12, 12],
        [13, 12],
        [12, 13],
        [40, 13],
      ] as const) {
        const found = await all.detect(plain(width, height));
        expect(found.length, `${width} x ${height}`).toBeGreaterThan(0);
        for (const { box, landmarks } of found) {
          const numbers = [...Object.values(box), ...landmarks.flatMap(({ x, y }) => [x, y])];
          expect(numbers.every(Number.isFinite), `${width} x ${height}`).toBe(true);
        }
      }
      const usual = await mtcnn({ weights });
      for (const size of [5, 12, 19]) expect(await usual.detect(plain(size, size))).toEqual([]);
    });

    it("gives overlapping calls the same as one after the other", async () => {
      const random = createRandom(3);
      const images = [
        [60, 40],
        [25, 90],
        [48, 48],
        [90, 30],
      ].map(([width, height]) => imageOf(width!, height!, () => random.integer(256)));
      const options = { weights, minFaceSize: 12, thresholds: [0.01, 0.01, 0.01] };
      const alone: Detection[][] = [];
      for (const image of images) alone.push(await (await mtcnn(options)).detect(image));
      expect(new Set(alone.map((found) => JSON.stringify(found))).size).toBe(images.length);
      const { detect } = await mtcnn(options);
      expect(await Promise.all(images.map((image) => detect(image)))).toEqual(alone);
      for (const i of [3, 0, 2, 1]) expect(await detect(images[i]!)).toEqual(alone[i]);
    });

    it("says what it is made of", async () => {
      const { name, params, models } = await mtcnn({ weights });
      expect(name).toBe("mtcnn");
      // Not of our recipe: as the published ones.
      expect(params).toEqual({
        minFaceSize: 20,
        scaleFactor: 0.709,
        thresholds: [0.6, 0.7, 0.7],
        suppression: "squares",
        overlap: 0.7,
        secondLook: false,
      });
      expect(models.map((card) => card.name)).toEqual(["mtcnn P-Net", "mtcnn R-Net", "mtcnn O-Net"]);
      for (const { source, sha256, engine, licence } of models) {
        expect(source).toBe(weights);
        expect(sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(engine).toMatch(/^onnxruntime-(node|web)$/);
        expect(licence).toBe("MIT");
      }
    });

    it("refuses weights that are missing", async () => {
      const nowhere = join(folder, "nowhere.json");
      await expectInputError(mtcnn({ weights: nowhere }), `cannot read weights: ${nowhere} (no such file)`);
      const path = await writeSyntheticMtcnn(join(folder, "no-bias"), {
        shapes: { "rnet/fc1/bias": undefined },
      });
      await expectInputError(mtcnn({ weights: path }), `weights file ${path} has no tensor rnet/fc1/bias`);
    });

    it("refuses weights that are cut short", async () => {
      const path = await writeSyntheticMtcnn(join(folder, "cut"), { cut: 4 });
      await expectInputError(mtcnn({ weights: path }), `weights file ${path} is cut short: onet/fc2_3/bias`);
    });

    it("refuses weights of another shape", async () => {
      const shapes = { "onet/conv4/weights": [2, 2, 64, 100] };
      const path = await writeSyntheticMtcnn(join(folder, "shape"), { shapes });
      await expectInputError(
        mtcnn({ weights: path }),
        `weights file ${path}: onet/conv4/weights is 2x2x64x100 (expected 2x2x64x128)`,
      );
    });

    it.each([
      [{ minFaceSize: 11 }, "invalid minFaceSize: 11 (must be a number of pixels >= 12)"],
      [{ minFaceSize: Number.NaN }, "invalid minFaceSize: NaN"],
      [{ minFaceSize: Number.POSITIVE_INFINITY }, "invalid minFaceSize: Infinity"],
      [{ scaleFactor: 1 }, "invalid scaleFactor: 1 (must be a number > 0 and <= 0.95)"],
      [{ scaleFactor: 0 }, "invalid scaleFactor: 0"],
      [{ scaleFactor: Number.NaN }, "invalid scaleFactor: NaN"],
      [
        { thresholds: [0.6, 0.7] },
        "invalid thresholds: 0.6,0.7 (must be three numbers, for P-, R- and O-Net)",
      ],
      [{ thresholds: [0.6, 0.7, 0.7, 0.7] }, "invalid thresholds: 0.6,0.7,0.7,0.7"],
      [{ thresholds: [0.6, 0, 0.7] }, "invalid threshold: 0 (must be a number > 0 and <= 1)"],
      [{ thresholds: [0.6, 0.7, 1.5] }, "invalid threshold: 1.5"],
      [{ thresholds: [Number.NaN, 0.7, 0.7] }, "invalid threshold: NaN"],
    ])("refuses %j", async (options, message) => {
      await expectInputError(mtcnn({ weights, ...options }), message);
    });
  });
});

async function expectInputError(promise: Promise<unknown>, message: string): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  expect((error as Error).message).toContain(message);
}
