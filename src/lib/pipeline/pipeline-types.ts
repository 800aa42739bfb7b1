import type { FaceChoice } from "../detection/choose-faces.js";
import type { DetectorOptions } from "../detection/registry.js";
import type { PhotoLimits } from "../images/photo-limits.js";
import type { Detector, Embedder, Embedding, Landmarks5, RgbImage } from "../types.js";
import type { ChooseEmbedderOptions } from "./choose-embedder.js";
import type { DiskCache } from "./disk-cache.js";
import type { PhotoFile } from "./photo-file.js";
import type { Provenance } from "./provenance.js";

/** The way from a photo to an embedding. */
export interface FacePipeline {
  readonly detector: Detector;
  readonly face: FaceChoice;
  readonly embedder: Embedder;
  /** Further embedders, whose vectors go into `others` of each face. */
  readonly others?: readonly Embedder[];
  /** What a photo may cost; without it, the usual limits. */
  readonly limits?: PhotoLimits;
  /** Keeps detections and embeddings between runs. */
  readonly cache?: DiskCache;
  /** Works on several photos at once; `close` it, or let the process end. */
  readonly pool?: PhotoPool;
  readonly provenance: Provenance;
  /** What the user should know about the choice: one line each. */
  readonly notices: readonly string[];
}

/** Detector, face choice and embedder, each with its own options, and what a photo may cost. */
export interface FacePipelineOptions extends DetectorOptions, ChooseEmbedderOptions, PhotoLimits {
  /** Which of several faces in a photo: `centre`, `largest`, `all` or `only`. @default "centre" */
  readonly face?: string;
  /** Names of further embedders, as classifiers ask for them (`Classifier.embedder`). @default none */
  readonly others?: readonly string[];
  /** `fp32`, `int8`, or `auto`: see `choosePrecision`. @default "fp32" */
  readonly precision?: string;
  /** Keep detections and embeddings between runs, in `resultsDirectory()`; what was kept is not computed again. @default true */
  readonly cache?: boolean;
  /** Photos that `embedPhotos` and `extractFaces` work on at once, each on a thread of its own, >= 1. @default 1: no threads */
  readonly workers?: number;
}

/** Why there is no face of a photo; the words are printed and counted. */
export type NoFaceReason = "unreadable" | "no face found" | "several faces";

/** A photo that shows nobody, and why. */
export interface NoFace {
  readonly kind: "none";
  readonly reason: NoFaceReason;
  readonly detail: string;
  /** Of one that could be read: see `imageHash`. */
  readonly imageHash?: string;
}

/** The vectors of one face. */
export interface FaceVectors {
  readonly embedding: Embedding;
  /** Of further embedders, by their names. */
  readonly others?: Readonly<Record<string, Embedding>>;
}

/** The vectors of the faces that were chosen in one photo, or why there are none. */
export type PhotoVectors =
  | { readonly kind: "faces"; readonly imageHash?: string; readonly faces: readonly PlacedVectors[] }
  | NoFace;

/** The vectors of a face and where it is. */
export interface PlacedVectors extends FaceVectors {
  /** In pixels of the photo. */
  readonly landmarks: Landmarks5;
}

/** A face cut out twice. */
export interface FaceCrop {
  /** The detector's box as a square of 160 pixels, upright or not. */
  readonly crop: RgbImage;
  /** In pixels of the crop. */
  readonly landmarks: Landmarks5;
  /** The aligned face, as the embedder wants it. */
  readonly chip: RgbImage;
}

/** The faces that were chosen in one photo, cut out, or why there are none. */
export type PhotoCrops =
  | { readonly kind: "faces"; readonly imageHash?: string; readonly faces: readonly FaceCrop[] }
  | NoFace;

/** Threads that each have a pipeline of their own, with the same settings. */
export interface PhotoPool {
  readonly workers: number;
  embed(photo: PhotoFile): Promise<PhotoVectors>;
  extract(photo: PhotoFile): Promise<PhotoCrops>;
  /** How many photos' detections the threads found in the cache. */
  hits(): number;
  /** Ends the threads; photos that are being worked on are given up. */
  close(): Promise<void>;
}

/** What a thread is asked to do with a photo. */
export interface PhotoTask {
  readonly kind: "embed" | "extract";
  readonly photo: PhotoFile;
}

/** What a thread answers. */
export interface PhotoResult {
  readonly value: PhotoVectors | PhotoCrops;
  readonly hits: number;
}
