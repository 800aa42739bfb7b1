/**
 * The nouns of the pipeline, in its order. No code here: what the modules share is a shape, never a helper.
 */

/** An 8-bit colour image: rows from the top, RGB interleaved, `data.length === width * height * 3`. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A point in pixels; the centre of the top-left pixel is (0, 0). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An axis-aligned rectangle in pixels: `x`, `y` is its top-left corner. It may reach over the image's border. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Five facial landmarks in pixels: the eyes' centres, the tip of the nose, the corners of the mouth.
 * Left and right are the viewer's: `[left eye, right eye, nose, left mouth corner, right mouth corner]`.
 */
export type Landmarks5 = readonly [Point, Point, Point, Point, Point];

/** One face found in an image. `score` is the detector's own confidence in 0..1. */
export interface Detection {
  readonly box: Box;
  readonly score: number;
  readonly landmarks: Landmarks5;
}

/** What a number depends on, for the report: which model, from which file, with which sha256. */
export interface ModelCard {
  readonly name: string;
  /** Where the weights came from, as a path that a reader can follow. */
  readonly source: string;
  /** sha256 of the weights, in hexadecimal. */
  readonly sha256: string;
  /** The runtime that computes it, e.g. `onnxruntime-node`. */
  readonly engine: string;
  readonly licence: string;
  /** Input and output shapes, in words that `facelab info` prints. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Finds faces. */
export interface Detector {
  readonly name: string;
  /** The settings that can change a result, for the report. */
  readonly params: Params;
  readonly models: readonly ModelCard[];
  /**
   * Finds every face in an image, best score first.
   * @param image RGB, any size.
   * @returns an empty list where there is no face; it never throws for that.
   */
  detect(image: RgbImage): Promise<Detection[]>;
}

/** Turns a face in a photo into the chip that an embedder was trained on. */
export interface Aligner {
  readonly name: string;
  /** Width and height of the chip in pixels. */
  readonly size: number;
  readonly params: Params;
  /** Cuts the chip (size x size, RGB) out of the photo. Outside of the photo the chip is black. */
  align(image: RgbImage, landmarks: Landmarks5): RgbImage;
}

/** A face as a vector; see {@link Embedder.dimensions} for its length. Not L2-normalised unless the embedder says so. */
export type Embedding = Float32Array;

/** Turns aligned chips into embeddings. */
export interface Embedder {
  readonly name: string;
  readonly dimensions: number;
  readonly aligner: Aligner;
  readonly params: Params;
  readonly models: readonly ModelCard[];
  /**
   * Embeds chips made by {@link Embedder.aligner}, in order.
   * @param chips aligner.size x aligner.size, RGB.
   * @throws InputError where a chip has another size.
   */
  embed(chips: readonly RgbImage[]): Promise<Embedding[]>;
}

/** An embedding with the name of its person. */
export interface Sample {
  readonly embedding: Embedding;
  readonly label: string;
}

/** Which samples to learn from and which to be judged on, as positions in a list. */
export interface Split {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** Settings by name, as they are printed and stored: plain JSON values. */
export type Params = Readonly<Record<string, string | number | boolean | null | readonly number[]>>;

/** A seeded source of randomness: everything random takes one, nothing calls Math.random. */
export interface Random {
  /** The seed and the names it was forked by: streams of one key begin with the same numbers. */
  readonly key: string;
  /** The next number in [0, 1). */
  uniform(): number;
  /** The next whole number in [0, bound). */
  integer(bound: number): number;
  /** A shuffled copy (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[];
  /** An independent stream, the same for the same name: adding a consumer does not shift the others. */
  fork(name: string): Random;
}

/** Who it is, or that it is nobody enrolled. `score` is comparable within one model only; larger is surer. */
export type Prediction =
  | { readonly kind: "person"; readonly label: string; readonly score: number }
  | { readonly kind: "unknown"; readonly score: number };

/** A way to tell people apart: hyper-parameters are in the factory, data only in `fit`. */
export interface Classifier {
  readonly name: string;
  readonly params: Params;
  /** The name of the embedder whose vectors it is made for; without it, those that the dataset was embedded with. */
  readonly embedder?: string;
  /**
   * Learns from labelled embeddings; nothing is kept in the classifier, all learned state is in the model.
   * @param samples at least one; all embeddings of one length, all numbers finite.
   * @param random drives folds and orders; the same seed gives the same model.
   * @throws InputError on empty data, mixed lengths or non-finite numbers.
   */
  fit(samples: readonly Sample[], random: Random): Promise<Model>;
  /**
   * Roughly how long one fit and all its predictions take, in seconds: within a factor of three on two cores of 2026. A classifier
   * that has it may be left out by name where time is short (see `budgetSeconds` of `evaluate`); one without always runs.
   */
  estimateSeconds?(workload: Workload): number;
}

/** The size of a task, for {@link Classifier.estimateSeconds}. */
export interface Workload {
  /** Training faces. */
  readonly samples: number;
  /** Length of the embeddings. */
  readonly dimensions: number;
  /** People in training. */
  readonly labels: number;
  /** Faces to predict. */
  readonly tests: number;
}

/** What a classifier has learned. */
export interface Model {
  /** The people, sorted; `predictProba` answers in this order. */
  readonly labels: readonly string[];
  /** Length of the embeddings it was fitted on. */
  readonly dimensions: number;
  /** What `fit` chose by itself (C, threshold, temperature ...), for the report. */
  readonly chosen: Params;
  /** Probability of each label, summing to 1. @throws InputError on a wrong length or a non-finite number. */
  predictProba(embedding: Embedding): Float64Array;
  /** The most probable person, or `unknown` where the model can say so. */
  predict(embedding: Embedding): Prediction;
  /**
   * All of it as plain JSON values, for `loadModel` and `saveModel`: the model that is loaded again says the same, bit for bit.
   * A model without it cannot be saved.
   */
  toJSON?(): ModelJson;
}

/** A model as plain JSON values; made by {@link Model.toJSON}, read by `loadModel`. */
export interface ModelJson {
  readonly format: "facelab-model";
  /** Raised whenever the meaning of `state` changes. */
  readonly version: number;
  /** The name of the classifier that fitted it. */
  readonly kind: string;
  readonly dimensions: number;
  readonly labels: readonly string[];
  readonly chosen: Params;
  /** What was learned; each kind has its own fields. */
  readonly state: Readonly<Record<string, unknown>>;
}

/** What made the embeddings that a model was fitted on: embeddings of another one mean nothing to it. */
export interface EmbedderId {
  readonly name: string;
  /** sha256 of the weights, in hexadecimal; of several files, of their hashes with commas between them. */
  readonly sha256: string;
}
