// The architecture on one screen: everything public, in the order of the pipeline.
// biome-ignore-all assist/source/organizeImports: the order is the pipeline's, not the alphabet's

// nouns
export { InputError } from "./errors.js";
export { createRandom } from "./random.js";
export type * from "./types.js";

// images
export { cropSquare, type SquareCrop } from "./images/crop-square.js";
export { type DecodeOptions, decodeImage } from "./images/decode-image.js";
export { encodePng, writePng } from "./images/encode-png.js";
export { hasImageSuffix, imageSuffixes } from "./images/image-formats.js";
export { mirrorImage } from "./images/mirror-image.js";
export { type Mosaic, type MosaicOptions, type MosaicRow, mosaic } from "./images/mosaic.js";
export { readPnm } from "./images/read-pnm.js";
export { type OutputToInput, warpImage } from "./images/warp-image.js";

// inference
export { cacheDirectory } from "./inference/cache-directory.js";
export {
  type FloatTensor,
  type OnnxEngine,
  type OnnxOptions,
  type OnnxSession,
  onnxFallbackReason,
  onnxSession,
} from "./inference/onnx-session.js";

// datasets
export { type DrawOptions, drawPerPerson } from "./datasets/draw-per-person.js";
export { fromHalf, toHalf } from "./datasets/float16.js";
export { type LoadFolderOptions, loadFolder } from "./datasets/load-folder.js";
export { type LfwPhoto, lfwPhotoPath, lfwSize, loadLfw } from "./datasets/load-lfw.js";
export type { NpyArray, NpyDtype } from "./datasets/npy-array.js";
export { countReasons, type Ignored, type LeftOut, type Photo, type PhotoDataset } from "./datasets/photo.js";
export { type LfwPair, type LfwPerson, readLfwPairs, readLfwPeople } from "./datasets/read-lfw-lists.js";
export { readNpz } from "./datasets/read-npz.js";
export { type SplitOptions, type StratifiedSplits, stratifiedSplits } from "./datasets/stratified-splits.js";
export { writeNpz } from "./datasets/write-npz.js";

// detection
export { chooseFaces, type FaceChoice, faceChoices } from "./detection/choose-faces.js";
export { type MtcnnOptions, mtcnn } from "./detection/mtcnn.js";
export { findMtcnnWeights } from "./detection/mtcnn-weights.js";
export { nonMaximumSuppression, overlap, type ScoredBox } from "./detection/non-maximum-suppression.js";
export { chooseDetector, type DetectorOptions, detectors } from "./detection/registry.js";
export { type SsdDetectorOptions, ssdDetector } from "./detection/ssd-detector.js";

// alignment
export { dlibAligner } from "./alignment/dlib-aligner.js";
export { type FivePointOptions, fivePointAligner } from "./alignment/five-point-aligner.js";
export {
  type SimilarityTransform,
  similarityTransform,
  transformPoint,
} from "./alignment/similarity-transform.js";

// embedding
export { type DlibOptions, dlibEmbedder } from "./embedding/dlib-embedder.js";
export { type FaceApiEmbedderOptions, faceApiEmbedder } from "./embedding/face-api-embedder.js";
export { createEmbedder, type EmbedderOptions, engines } from "./embedding/registry.js";

// classifiers
export { type CosineThresholdOptions, cosineThreshold } from "./classifiers/cosine-threshold.js";
export { l2Normalize } from "./classifiers/l2-normalizer.js";
export { type LabelEncoder, labelEncoder } from "./classifiers/label-encoder.js";
export { type LinearSvm, type LinearSvmOptions, linearSvm } from "./classifiers/linear-svm.js";
export type { LinearSvmModel } from "./classifiers/linear-svm-model.js";
export { type NearestNeighboursOptions, nearestNeighbours } from "./classifiers/nearest-neighbours.js";
export { plattScaling, type Sigmoid } from "./classifiers/platt-scaling.js";
export { type ClassifierName, classifiers, createClassifier } from "./classifiers/registry.js";
export { innerFolds } from "./classifiers/stratified-folds.js";

// metrics
export { meanAndDeviation } from "./metrics/mean-and-deviation.js";

// pipeline
export { embedPhotos } from "./pipeline/embed-photos.js";
export type { EmbeddedPhoto, EmbeddedSet } from "./pipeline/embedded-set.js";
export { readEmbeddingsFile, writeEmbeddingsFile } from "./pipeline/embeddings-file.js";
export { type ExtractedPhoto, extractFaces } from "./pipeline/extract-faces.js";
export { type FacePipeline, type FacePipelineOptions, facePipeline } from "./pipeline/face-pipeline.js";
export { embedFacesFile, writeFacesFile } from "./pipeline/faces-file.js";
export { type FoundFaces, findFaces, type NoFaceReason } from "./pipeline/find-faces.js";
export {
  type LfwEmbeddings,
  lfwEmbeddedSet,
  readLfwEmbeddings,
  writeLfwEmbeddings,
} from "./pipeline/lfw-embeddings-file.js";
export { type OpenDatasetOptions, type OpenedDataset, openDataset } from "./pipeline/open-dataset.js";
export type { Provenance, Step } from "./pipeline/provenance.js";

// evaluation
export { comparisonFrame, type DataFrame, recordsFrame } from "./evaluation/comparison-frame.js";
export { comparisonTable, type TextTable, toMarkdown } from "./evaluation/comparison-table.js";
export {
  type EvaluateOptions,
  type Evaluation,
  type EvaluationRecord,
  evaluate,
  type FitReport,
} from "./evaluation/evaluate.js";
export { type RunDescription, writeRun } from "./evaluation/write-run.js";
