import { createRequire } from "node:module";
import { InputError } from "../errors.js";
import type { Box, RgbImage } from "../types.js";

/** How a cascade looks at a photo; the names are OpenCV's. */
export interface CascadeOptions {
  /** Each level of the image pyramid is smaller by this than the one before, > 1. */
  readonly scaleFactor: number;
  /** More windows than this must agree on a box. */
  readonly minNeighbors: number;
  /** Side of the smallest box to look for, in pixels. */
  readonly minSize: number;
}

/** A box that a cascade found. */
export interface CascadeBox {
  readonly box: Box;
  /** The windows that were joined to it: OpenCV's `numDetections`. */
  readonly neighbours: number;
}

/** A trained cascade of Viola and Jones, ready to look at photos. */
export interface Cascade {
  /** The package that computes, with its version. */
  readonly engine: string;
  /**
   * OpenCV's `detectMultiScale` on the photo in grey, in OpenCV's order.
   * @throws InputError on a photo of more than {@link mostCascadePixels}.
   */
  detect(image: RgbImage, options: CascadeOptions): CascadeBox[];
}

/** What lives in the memory of WebAssembly, where nothing is ever collected. */
interface Held {
  delete(): void;
}
interface Mat extends Held {
  /** A view; it is stale after the memory has grown. */
  readonly data: Uint8Array;
}
interface Vector<T> extends Held {
  size(): number;
  get(i: number): T;
}
interface Classifier extends Held {
  load(path: string): boolean;
  detectMultiScale2(
    image: Mat,
    objects: Vector<Box>,
    numDetections: Vector<number>,
    scaleFactor: number,
    minNeighbors: number,
    flags: number,
    minSize: object,
    maxSize: object,
  ): void;
}
/** The little of OpenCV that we call; the types that come with the package lack half of it. */
interface OpenCv {
  readonly Mat: { new (): Mat; new (rows: number, columns: number, type: number): Mat };
  readonly RectVector: new () => Vector<Box>;
  readonly IntVector: new () => Vector<number>;
  readonly Size: new (width: number, height: number) => object;
  readonly CascadeClassifier: new () => Classifier;
  readonly CV_8UC3: number;
  readonly COLOR_RGB2GRAY: number;
  cvtColor(from: Mat, to: Mat, code: number): void;
  exceptionFromPtr(address: number): { readonly msg: string };
  FS_createDataFile(
    folder: string,
    name: string,
    bytes: Uint8Array,
    read: boolean,
    write: boolean,
    own: boolean,
  ): void;
  FS_unlink(path: string): void;
}
/** The package's export: it calls back when it is ready, with itself. */
interface Loading extends OpenCv {
  onAbort?: (what: unknown) => never;
  then(ready: (cv: OpenCv) => void): void;
}

/** The sums and the sums of squares of one pixel. */
const BYTES = 8;
/**
 * What a pyramid may take of the 1 GiB that OpenCV has in WebAssembly: room for another one where the first was, since memory that was
 * freed may be in pieces. Close to the end it does not fail, but crash.
 */
const MOST_BYTES = 400_000_000;
/** The photo itself takes 4 bytes a pixel. */
const MOST_PIXELS = 16_000_000;
const HANDLERS = ["uncaughtException", "unhandledRejection"] as const;

const require = createRequire(import.meta.url);
let loading: Promise<{ readonly cv: OpenCv }> | undefined;
const cascades = new Map<string, Promise<Cascade>>();

/**
 * Loads a cascade into OpenCV; one of each, however many ask, since each keeps memory as large as the largest photo that it saw.
 *
 * OpenCV is `@techstark/opencv-js` (Apache-2.0): one file of 11 MB, WebAssembly inside, without dependencies and without an install
 * script, 12 MB of about 1 GB in node_modules. It installs wherever npm does, so it is an ordinary dependency and not an optional one.
 * It is loaded here and not at import. The version is exact: 4.12.0 is the last whose build has cascades (5.0.0 has none).
 * @param xml the cascade's file.
 * @param sha256 of that file.
 * @throws Error where OpenCV cannot read it.
 */
export function loadCascade(xml: Uint8Array, sha256: string): Promise<Cascade> {
  const known = cascades.get(sha256) ?? readCascade(xml, `${sha256}.xml`);
  cascades.set(sha256, known);
  return known.catch((error: unknown) => {
    cascades.delete(sha256);
    throw error;
  });
}

/**
 * How many pixels a photo may have that a cascade is to look at: its pyramid takes most of the memory.
 * @param scaleFactor as in {@link CascadeOptions}.
 * @returns a whole number; 7.0 million for 1.1.
 */
export function mostCascadePixels(scaleFactor: number): number {
  return Math.floor(Math.min(MOST_PIXELS, MOST_BYTES / (BYTES * pyramidRows(1, scaleFactor))));
}

/**
 * How high OpenCV's buffer is for all levels of a photo's pyramid. It is as wide as the photo; below the photo lie the smaller levels, as
 * many beside each other as go into its width. The factor is the sum of 1 / (k^2 (k + 1)) over k beside each other.
 */
function pyramidRows(height: number, scaleFactor: number): number {
  return (height * (Math.PI ** 2 / 6 - 1) * scaleFactor) / (scaleFactor - 1);
}

async function readCascade(xml: Uint8Array, name: string): Promise<Cascade> {
  const { cv } = await loadOpenCv();
  const { version }: { version: string } = require("@techstark/opencv-js/package.json");
  let classifier = classifierOf(cv, xml, name);
  let [wide, high] = [0, 0];
  const start = (): void => {
    classifier.delete();
    classifier = classifierOf(cv, xml, name);
    [wide, high] = [0, 0];
  };
  return {
    engine: `@techstark/opencv-js ${version}`,
    detect(image, options) {
      requireImage(image);
      const { width, height } = image;
      const what = `a photo of ${width} x ${height}`;
      if (width * height > mostCascadePixels(options.scaleFactor)) {
        const remedy = "take a smaller one or a larger scaleFactor";
        throw new InputError(`opencv has too little memory for ${what} (${remedy})`);
      }
      // The buffer only grows: in the end it would be as wide as the widest and as high as the highest.
      const rows = pyramidRows(height, options.scaleFactor);
      if (BYTES * Math.max(wide, width) * Math.max(high, rows) > MOST_BYTES) start();
      [wide, high] = [Math.max(wide, width), Math.max(high, rows)];
      try {
        return detect(cv, classifier, image, options);
      } catch (error) {
        start();
        const cause = inWords(cv, error);
        throw new Error(`opencv fails on ${what} (${(cause as Error).message})`, { cause });
      }
    },
  };
}

function requireImage({ width, height, data }: RgbImage): void {
  if (width < 1 || height < 1) throw new InputError(`empty image: ${width} x ${height}`);
  const bytes = width * height * 3;
  if (data.length === bytes) return;
  throw new InputError(`image of ${width} x ${height} with ${data.length} bytes (must be ${bytes})`);
}

function classifierOf(cv: OpenCv, xml: Uint8Array, name: string): Classifier {
  const classifier = new cv.CascadeClassifier();
  cv.FS_createDataFile("/", name, xml, true, false, false);
  try {
    if (!classifier.load(name)) throw new Error("it is no cascade");
  } catch (error) {
    classifier.delete();
    const cause = inWords(cv, error);
    throw new Error(`opencv does not read ${name} (${(cause as Error).message})`, { cause });
  } finally {
    cv.FS_unlink(`/${name}`);
  }
  return classifier;
}

function detect(
  cv: OpenCv,
  classifier: Classifier,
  { width, height, data }: RgbImage,
  { scaleFactor, minNeighbors, minSize }: CascadeOptions,
): CascadeBox[] {
  const held: Held[] = [];
  const hold = <T extends Held>(value: T): T => {
    held.push(value);
    return value;
  };
  try {
    const photo = hold(new cv.Mat(height, width, cv.CV_8UC3));
    photo.data.set(data);
    const grey = hold(new cv.Mat());
    cv.cvtColor(photo, grey, cv.COLOR_RGB2GRAY);
    const boxes = hold(new cv.RectVector());
    const counts = hold(new cv.IntVector());
    const smallest = new cv.Size(minSize, minSize);
    const anyLarger = new cv.Size(0, 0);
    classifier.detectMultiScale2(grey, boxes, counts, scaleFactor, minNeighbors, 0, smallest, anyLarger);
    return Array.from({ length: boxes.size() }, (_, i) => {
      const { x, y, width, height } = boxes.get(i);
      return { box: { x, y, width, height }, neighbours: counts.get(i) };
    });
  } finally {
    for (const value of held) value.delete();
  }
}

/** OpenCV's exceptions are addresses in its memory. */
function inWords(cv: OpenCv, error: unknown): unknown {
  if (typeof error !== "number") return error;
  return new Error(cv.exceptionFromPtr(error).msg.trim());
}

/**
 * Loads the package; once, however many ask.
 * @returns OpenCV within an object: it has a method `then`, and a promise of it would never be settled.
 */
function loadOpenCv(): Promise<{ readonly cv: OpenCv }> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<{ readonly cv: OpenCv }> {
  const before = HANDLERS.map((event) => process.listeners(event as "uncaughtException"));
  const library: Loading = require("@techstark/opencv-js");
  // It would answer for every error of the whole process, and end it with another exit code.
  for (const [i, event] of HANDLERS.entries()) {
    for (const listener of process.listeners(event as "uncaughtException")) {
      if (!before[i]?.includes(listener)) process.removeListener(event, listener);
    }
  }
  return new Promise((resolve, reject) => {
    // It would print the reason to stdout.
    library.onAbort = (what) => {
      const error = new Error(`opencv stops: ${String(what)}`);
      reject(error);
      throw error;
    };
    library.then((cv) => resolve({ cv }));
  });
}
