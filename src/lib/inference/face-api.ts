import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InputError } from "../errors.js";
import type { Box, ModelCard, Point, RgbImage } from "../types.js";
import { type MobilenetWeights, mobilenetV1 } from "./mobilenet-v1.js";
import { paddedSquare, thinnedPart } from "./padded-square.js";
import { sha256 } from "./sha256.js";
import { loadTfjs } from "./tfjs-backend.js";
import type { TfjsEngine } from "./tfjs-engine.js";

/** The networks of face-api that we use. */
export type FaceApiNet = "ssd" | "tiny" | "landmarks68" | "descriptor" | "age" | "expression";

/** A box with the detector's confidence in 0..1. */
export interface ScoredBox {
  readonly box: Box;
  readonly score: number;
}

/** What two of the networks say of a face. */
export interface FaceLook {
  /** Years. */
  readonly age: number;
  /** Probability of each expression, summing to 1. */
  readonly expressions: Readonly<Record<Expression, number>>;
}

/** What the expression network tells apart. */
export const expressions = ["neutral", "happy", "sad", "angry", "fearful", "disgusted", "surprised"] as const;

/** One of {@link expressions}. */
export type Expression = (typeof expressions)[number];

/** face-api's networks as plain functions. Each loads its weights when it is first called. */
export interface FaceApi {
  readonly engine: TfjsEngine;
  /**
   * Finds faces, best score first, by SSD with MobileNet v1 at 512 x 512 (the photo is padded to a square at
   * its right or bottom). Boxes with no pixel inside of the photo are left out.
   * @param minConfidence in (0, 1), neither end.
   * @param maxResults at least 1.
   */
  detectSsd(image: RgbImage, minConfidence: number, maxResults: number): Promise<ScoredBox[]>;
  /**
   * Finds faces, best score first, by the tiny face detector (the photo is padded to a square as for SSD). Boxes with no pixel inside of
   * the photo are left out.
   * @param inputSize side of what it looks at, in pixels: a multiple of 32.
   * @param scoreThreshold in (0, 1), neither end.
   */
  detectTiny(image: RgbImage, inputSize: number, scoreThreshold: number): Promise<ScoredBox[]>;
  /**
   * The 68 landmarks of the face in each box, in pixels of the photo.
   * @throws InputError where a box has no pixel inside of the photo.
   */
  landmarks68(image: RgbImage, boxes: readonly Box[]): Promise<Point[][]>;
  /**
   * Age and expression of the face in each box.
   * @throws InputError where a box has no pixel inside of the photo.
   */
  look(image: RgbImage, boxes: readonly Box[]): Promise<FaceLook[]>;
  /**
   * dlib's descriptors, 128 numbers each.
   * @throws InputError where a chip is not 150 x 150.
   */
  descriptor(chips: readonly RgbImage[]): Promise<Float32Array[]>;
  /**
   * The last layer of SSD's MobileNet v1, as its mean over the picture: 1,024 numbers each.
   * @param images squares of one size, >= 32.
   */
  imageFeatures(images: readonly RgbImage[]): Promise<Float32Array[]>;
  /** What a network is and where its weights came from. */
  card(net: FaceApiNet): Promise<ModelCard>;
  /** Tensors alive in all of tensorflow.js: for tests that look for leaks. */
  tensorCount(): number;
}

type Library = typeof import("@vladmandic/face-api");
type Tensor3D = ReturnType<Library["tf"]["tensor3d"]>;

/** Width and height of dlib's chip in pixels. */
const chipSize = 150;
/** Width and height of what SSD looks at. */
const ssdSize = 512;
/** Faces wider or higher than this are thinned out before they become a tensor; the networks see them at 112 pixels. */
const mostFacePixels = 1024;
/** More chips in one run are no faster, and WebAssembly never gives memory back. */
const batchSize = 8;

const models = {
  ssd: {
    file: "ssd_mobilenetv1_model",
    net: (library: Library) => library.nets.ssdMobilenetv1,
    name: "SSD MobileNet v1 face detector",
    licence: "MIT",
    inputs: ["photo: 512 x 512 x 3, RGB, padded to a square and resized, scaled to -1..1"],
    outputs: ["boxes: N x 4 (top, left, bottom, right in 0..1)", "scores: N"],
  },
  tiny: {
    file: "tiny_face_detector_model",
    net: (library: Library) => library.nets.tinyFaceDetector,
    name: "tiny face detector (Tiny YOLO v2 with separable convolutions)",
    licence: "MIT",
    inputs: [
      "photo: n x n x 3, RGB, padded to a square and resized; n is a multiple of 32, 416 unless chosen",
    ],
    outputs: ["n/32 x n/32 x 25: score and box (centre, width, height) of five anchors in every cell"],
  },
  landmarks68: {
    file: "face_landmark_68_model",
    net: (library: Library) => library.nets.faceLandmark68Net,
    name: "68 face landmarks",
    licence: "MIT",
    inputs: ["face: 112 x 112 x 3, RGB, the detector's box padded to a square and resized"],
    outputs: ["landmarks: 68 x 2 (x, y in 0..1 of the box)"],
  },
  descriptor: {
    file: "face_recognition_model",
    net: (library: Library) => library.nets.faceRecognitionNet,
    name: "dlib_face_recognition_resnet_model_v1, quantised to 8 bits",
    licence: "CC0-1.0 (as in @vladmandic/face-api, MIT)",
    inputs: ["chips: N x 150 x 150 x 3, RGB, 0..255"],
    outputs: ["descriptors: N x 128"],
  },
  age: {
    file: "age_gender_model",
    net: (library: Library) => library.nets.ageGenderNet,
    name: "age and gender (tiny Xception)",
    licence: "MIT",
    inputs: ["face: 112 x 112 x 3, RGB, the box about the landmarks padded to a square and resized"],
    outputs: ["age: N (years)", "gender: N x 2, not used"],
  },
  expression: {
    file: "face_expression_model",
    net: (library: Library) => library.nets.faceExpressionNet,
    name: "face expressions",
    licence: "MIT",
    inputs: ["face: 112 x 112 x 3, RGB, the box about the landmarks padded to a square and resized"],
    outputs: ["expressions: N x 7"],
  },
} as const;

const require = createRequire(import.meta.url);
let loading: Promise<FaceApi> | undefined;

/**
 * The photos that come with face-api, by name: `sample1.jpg` to `sample6.jpg`, 3 to 5 faces each.
 * @throws InputError where the package holds none.
 */
export function samplePhotoPaths(): string[] {
  const folder = join(dirname(require.resolve("@vladmandic/face-api/package.json")), "demo");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^sample\d+\.jpg$/.test(name)) : [];
  if (names.length === 0) {
    throw new InputError(`no sample photos in ${folder} (install @vladmandic/face-api again with npm ci)`);
  }
  return names.sort().map((name) => join(folder, name));
}

/** Loads face-api, without any weights yet; once, however many ask. */
export function loadFaceApi(): Promise<FaceApi> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<FaceApi> {
  const { engine, tf: shared } = await loadTfjs();
  // This bundle asks for plain tfjs and the WASM backend and, as all copies of tfjs share one engine, computes
  // on whichever backend is set. The other one, face-api.node.js, does not load without tfjs-node.
  const library: Library = require("@vladmandic/face-api/dist/face-api.node-wasm.js");
  const manifestPath = require.resolve("@vladmandic/face-api/package.json");
  const modelDirectory = join(dirname(manifestPath), "model");
  const { version }: { version: string } = require(manifestPath);
  const { tf } = library;

  const ready = new Map<FaceApiNet, Promise<void>>();
  async function loadWeights(net: FaceApiNet): Promise<void> {
    const started = ready.get(net) ?? models[net].net(library).loadFromDisk(modelDirectory);
    ready.set(net, started);
    await started.catch((error: unknown) => {
      ready.delete(net);
      throw error;
    });
  }

  const toTensor = ({ data, width, height }: RgbImage) => tf.tensor3d(data, [height, width, 3], "int32");

  function requireBoxes(image: RgbImage, boxes: readonly Box[]): void {
    requireImage(image);
    for (const box of boxes) {
      if (coversPixels(library, box, image)) continue;
      throw new InputError(`box without a pixel of the ${image.width} x ${image.height} photo: ${show(box)}`);
    }
  }

  /** The part of a photo inside of a box, of a large one every so manieth pixel. */
  function cutOut(image: RgbImage, { x, y, width, height }: Box): { crop: Tensor3D; step: number } {
    const part = new library.Rect(x, y, width, height).clipAtImageBorders(image.width, image.height);
    const step = Math.ceil(Math.max(part.width, part.height) / mostFacePixels);
    return { crop: toTensor(thinnedPart(image, part, step)), step };
  }

  /** What a detector finds in the photo as a square of so many pixels, in pixels of the photo. */
  async function locate(
    net: FaceApiNet,
    image: RgbImage,
    size: number,
    find: (square: Tensor3D) => Promise<ScoredBox[]>,
  ): Promise<ScoredBox[]> {
    requireImage(image);
    await loadWeights(net);
    const tensor = tf.tensor3d(paddedSquare(image, size), [size, size, 3]);
    // How many pixels of the photo one of the square is, rounded as face-api rounds where it makes the square itself; it would
    // divide by nothing where a photo is a line.
    const most = Math.max(image.width, image.height);
    const perPixel = (side: number): number => side / Math.max(1, Math.round((side * size) / most));
    const [right, down] = [perPixel(image.width), perPixel(image.height)];
    try {
      const found = await find(tensor);
      return found
        .map(({ box: { x, y, width, height }, score }) => ({
          box: { x: x * right, y: y * down, width: width * right, height: height * down },
          score,
        }))
        .filter(({ box }) => coversPixels(library, box, image));
    } finally {
      tensor.dispose();
    }
  }

  return {
    engine,

    async detectSsd(image, minConfidence, maxResults) {
      const options = new library.SsdMobilenetv1Options({ minConfidence, maxResults });
      return locate("ssd", image, ssdSize, (square) =>
        library.nets.ssdMobilenetv1.locateFaces(square, options),
      );
    },

    async detectTiny(image, inputSize, scoreThreshold) {
      const options = new library.TinyFaceDetectorOptions({ inputSize, scoreThreshold });
      return locate("tiny", image, inputSize, (square) =>
        library.nets.tinyFaceDetector.locateFaces(square, options),
      );
    },

    async landmarks68(image, boxes) {
      requireBoxes(image, boxes);
      if (boxes.length === 0) return [];
      await loadWeights("landmarks68");
      const faces: Point[][] = [];
      for (const box of boxes) {
        const { crop, step } = cutOut(image, box);
        try {
          const { positions } = oneFace(await library.nets.faceLandmark68Net.detectLandmarks(crop));
          // face-api cuts at the whole pixel but counts from the box's own corner. Kept, as its users know it.
          const [left, top] = [Math.max(0, box.x), Math.max(0, box.y)];
          faces.push(positions.map((point) => ({ x: step * point.x + left, y: step * point.y + top })));
        } finally {
          crop.dispose();
        }
      }
      return faces;
    },

    async look(image, boxes) {
      requireBoxes(image, boxes);
      if (boxes.length === 0) return [];
      await Promise.all([loadWeights("age"), loadWeights("expression")]);
      const looks: FaceLook[] = [];
      for (const box of boxes) {
        const { crop } = cutOut(image, box);
        try {
          const { age } = oneFace(await library.nets.ageGenderNet.predictAgeAndGender(crop));
          const found = oneFace(await library.nets.faceExpressionNet.predictExpressions(crop));
          const probabilities = expressions.map((name) => [name, found[name]]);
          looks.push({ age, expressions: Object.fromEntries(probabilities) as FaceLook["expressions"] });
        } finally {
          crop.dispose();
        }
      }
      return looks;
    },

    async descriptor(chips) {
      for (const chip of chips) {
        requireImage(chip);
        const { width, height } = chip;
        // face-api itself would pad and resize in silence.
        if (width === chipSize && height === chipSize) continue;
        throw new InputError(`invalid chip size: ${width} x ${height} (must be ${chipSize} x ${chipSize})`);
      }
      await loadWeights("descriptor");
      const descriptors: Float32Array[] = [];
      for (let start = 0; start < chips.length; start += batchSize) {
        const tensors = chips.slice(start, start + batchSize).map(toTensor);
        try {
          const batch = await library.nets.faceRecognitionNet.computeFaceDescriptor(tensors);
          descriptors.push(...(batch as Float32Array[]));
        } finally {
          for (const tensor of tensors) tensor.dispose();
        }
      }
      return descriptors;
    },

    async imageFeatures(images) {
      for (const image of images) requireImage(image);
      await loadWeights("ssd");
      const { mobilenetv1 } = library.nets.ssdMobilenetv1.params as unknown as {
        mobilenetv1: MobilenetWeights;
      };
      return images.map((image) => {
        const features = shared.tidy(() => {
          const { width, height, data } = image;
          const pixels = shared.tensor4d(
            Float32Array.from(data, (value) => value / 127.5 - 1),
            [1, height, width, 3],
          );
          return mobilenetV1(shared, mobilenetv1, pixels).last.mean([1, 2]);
        });
        try {
          return Float32Array.from(features.dataSync());
        } finally {
          features.dispose();
        }
      });
    },

    async card(net) {
      const { file, name, licence, inputs, outputs } = models[net];
      const bytes = await readFile(join(modelDirectory, `${file}.bin`));
      return {
        name,
        source: `npm:@vladmandic/face-api@${version}/model/${file}.bin`,
        sha256: sha256(bytes),
        engine,
        licence,
        inputs,
        outputs,
      };
    },

    tensorCount: () => shared.memory().numTensors,
  };
}

/** Checks first what face-api and tfjs would notice half-way, with tensors left behind. */
function requireImage({ width, height, data }: RgbImage): void {
  if (width < 1 || height < 1) throw new InputError(`empty image: ${width} x ${height}`);
  const bytes = width * height * 3;
  if (data.length === bytes) return;
  throw new InputError(`image of ${width} x ${height} with ${data.length} bytes (must be ${bytes})`);
}

/** Whether face-api's crop of that box, in whole pixels, has any area. */
function coversPixels(library: Library, { x, y, width, height }: Box, image: RgbImage): boolean {
  const clipped = new library.Rect(x, y, width, height).clipAtImageBorders(image.width, image.height);
  return clipped.width > 0 && clipped.height > 0;
}

function oneFace<Face>(faces: Face | Face[]): Face {
  return Array.isArray(faces) ? faces[0]! : faces;
}

function show({ x, y, width, height }: Box): string {
  return `${width} x ${height} at (${x}, ${y})`;
}
