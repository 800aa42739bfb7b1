// The architecture on one screen: everything public, in the order of the pipeline.
// biome-ignore-all assist/source/organizeImports: the order is the pipeline's, not the alphabet's

// nouns
export { InputError } from "./errors.js";
export { createRandom } from "./random.js";
export { writeAside } from "./write-aside.js";
export type * from "./types.js";

// images
export { cropSquare, type SquareCrop } from "./images/crop-square.js";
export { type DecodeOptions, decodeImage } from "./images/decode-image.js";
export { drawFaces, type FaceMark } from "./images/draw-faces.js";
export { encodePng, writePng } from "./images/encode-png.js";
export { hasImageSuffix, imageSuffixes, looksLikePhoto } from "./images/image-formats.js";
export { alikeBits, imageHash } from "./images/image-hash.js";
export { type OrientedGradientsOptions, orientedGradients } from "./images/oriented-gradients.js";
export { mirrorImage } from "./images/mirror-image.js";
export { turnImage } from "./images/turn-image.js";
export { type Mosaic, type MosaicOptions, type MosaicRow, mosaic } from "./images/mosaic.js";
export type { PhotoLimits } from "./images/photo-limits.js";
export { readPhoto } from "./images/read-photo.js";
export { readPnm } from "./images/read-pnm.js";
export { resizeImage } from "./images/resize-image.js";
export { type Variation, type VariationKind, variationKinds, varyImage } from "./images/vary-image.js";
export { type OutputToInput, warpImage } from "./images/warp-image.js";

// inference
export { cacheDirectory } from "./inference/cache-directory.js";
export { copyVerified } from "./inference/copy-verified.js";
export { type Downloaded, type DownloadOptions, downloadFile } from "./inference/download-file.js";
export { type EngineStatus, type EngineStatuses, engineStatuses } from "./inference/engine-status.js";
export { samplePhotoPaths } from "./inference/face-api.js";
export { type FetchFilesOptions, fetchFiles } from "./inference/fetch-files.js";
export { fetchModel } from "./inference/fetch-model.js";
export {
  findModel,
  loadModelFiles,
  type ModelFile,
  modelFolders,
  requireModel,
} from "./inference/find-model.js";
export { type ModelEntry, modelEntry, models } from "./inference/model-registry.js";
export { type ModelStatus, modelStatus } from "./inference/model-status.js";
export { modelsDirectory } from "./inference/models-directory.js";
export {
  type FloatTensor,
  type OnnxEngine,
  type OnnxOptions,
  type OnnxSession,
  onnxFallbackReason,
  onnxSession,
  type TensorShape,
} from "./inference/onnx-session.js";
export type { RemoteFile } from "./inference/remote-file.js";
export type { TfjsEngine } from "./inference/tfjs-engine.js";

// datasets
export { type DividedPhotos, dividePhotos, testAlsoInTrain } from "./datasets/divide-photos.js";
export { type DrawOptions, drawPerPerson } from "./datasets/draw-per-person.js";
export { type AlikeGroup, alikeGroups, equalGroups } from "./datasets/duplicates.js";
export {
  type FetchedLfw,
  type FetchLfwOptions,
  fetchLfw,
  type LfwVariant,
  lfwArchives,
  lfwPairs,
  lfwTerms,
  takeLfw,
} from "./datasets/fetch-lfw.js";
export { fromHalf, toHalf } from "./float16.js";
export { listPhotos } from "./datasets/list-photos.js";
export { type LoadFolderOptions, loadFolder } from "./datasets/load-folder.js";
export { type LfwPhoto, lfwPhotoPath, lfwSize, loadLfw } from "./datasets/load-lfw.js";
export type { NpyArray, NpyDtype } from "./datasets/npy-array.js";
export {
  countReasons,
  type Ignored,
  type LeftOut,
  type Photo,
  type PhotoDataset,
  type PhotoIdentity,
} from "./datasets/photo.js";
export { type LfwPair, type LfwPerson, readLfwPairs, readLfwPeople } from "./datasets/read-lfw-lists.js";
export { readNpz } from "./datasets/read-npz.js";
export {
  describeTrainOnly,
  type SplitOptions,
  type StratifiedSplits,
  stratifiedSplits,
} from "./datasets/stratified-splits.js";
export { type UnpackOptions, unpackTgz } from "./datasets/unpack-tgz.js";
export { writeNpz } from "./datasets/write-npz.js";

// detection
export { chooseFaces, type FaceChoice, faceChoices } from "./detection/choose-faces.js";
export { fetchMtcnn, mtcnnFiles } from "./detection/fetch-mtcnn.js";
export { type HaarOptions, haar } from "./detection/haar.js";
export { type MtcnnOptions, mtcnn } from "./detection/mtcnn.js";
export type { FaceCandidate, MtcnnDetector, MtcnnLevel, MtcnnStages } from "./detection/mtcnn-stages.js";
export { mtcnnWeights, shippedMtcnnWeights } from "./detection/mtcnn-weights.js";
export { nonMaximumSuppression, overlap, type ScoredBox } from "./detection/non-maximum-suppression.js";
export { paddedDetector } from "./detection/padded-detector.js";
export { chooseDetector, type DetectorOptions, detectors } from "./detection/registry.js";
export { type SsdDetectorOptions, ssdDetector } from "./detection/ssd-detector.js";
export { type TinyDetectorOptions, tinyDetector } from "./detection/tiny-detector.js";
export { type YunetOptions, yunet } from "./detection/yunet.js";

// attributes
export { eyeAspectRatio } from "./attributes/eye-aspect-ratio.js";
export {
  type AttributeEstimator,
  attributeEstimator,
  type FaceAttributes,
} from "./attributes/face-attributes.js";
export { type Expression, expressions, type FaceLook } from "./inference/face-api.js";

// alignment
export { arcfaceAligner } from "./alignment/arcface-aligner.js";
export { dlibAligner } from "./alignment/dlib-aligner.js";
export { type FivePointOptions, fivePointAligner } from "./alignment/five-point-aligner.js";
export {
  type SimilarityTransform,
  similarityTransform,
  transformPoint,
} from "./alignment/similarity-transform.js";

// embedding
export { calibrateDlib } from "./embedding/calibrate-dlib.js";
export { type DlibOptions, dlibEmbedder } from "./embedding/dlib-embedder.js";
export {
  type DlibCalibration,
  dlibRangesPath,
  type Ranges,
  writeDlibRanges,
} from "./embedding/dlib-ranges.js";
export {
  type EmbedderDescription,
  type PerColour,
  readEmbedderDescription,
} from "./embedding/embedder-description.js";
export { type OnnxEmbedderOptions, onnxEmbedder } from "./embedding/onnx-embedder.js";
export { type HogEmbedderOptions, hogEmbedder } from "./embedding/hog-embedder.js";
export { type MobilenetEmbedderOptions, mobilenetEmbedder } from "./embedding/mobilenet-embedder.js";
export { type PixelsEmbedderOptions, pixelsEmbedder } from "./embedding/pixels-embedder.js";
export { type FaceApiEmbedderOptions, faceApiEmbedder } from "./embedding/face-api-embedder.js";
export { measurePrecision, type PrecisionTimes } from "./embedding/measure-precision.js";
export { type Precision, precisions } from "./embedding/precision.js";
export { createEmbedder, createOtherEmbedder, type EmbedderOptions, engines } from "./embedding/registry.js";

// classifiers
export {
  type Calibration,
  calibrateScores,
  calibrations,
  type HeldOutScores,
} from "./classifiers/calibrate-scores.js";
export { type CosineMeanOptions, cosineMean } from "./classifiers/cosine-mean.js";
export { type CosineThresholdOptions, cosineThreshold } from "./classifiers/cosine-threshold.js";
export {
  type ConvolutionalClassifierOptions,
  convolutionalClassifier,
} from "./classifiers/convolutional-classifier.js";
export { type EigenfacesOptions, eigenfaces } from "./classifiers/eigenfaces.js";
export { heightAt, isotonicRegression, type RisingCurve } from "./classifiers/isotonic-regression.js";
export { l2Normalize } from "./unit-vector.js";
export { type LabelEncoder, labelEncoder } from "./classifiers/label-encoder.js";
export { type LinearSvm, type LinearSvmOptions, linearSvm } from "./classifiers/linear-svm.js";
export type { LinearSvmModel } from "./classifiers/linear-svm-model.js";
export { loadModel, type ModelExpectations } from "./classifiers/load-model.js";
export { majority } from "./classifiers/majority.js";
export { type MlKnnOptions, mlKnn } from "./classifiers/ml-knn.js";
export { type MlSvmOptions, mlSvm } from "./classifiers/ml-svm.js";
export { type ModelProvenance, readModel, saveModel } from "./classifiers/model-file.js";
export { type NearestNeighboursOptions, nearestNeighbours } from "./classifiers/nearest-neighbours.js";
export { plattScaling, type Sigmoid } from "./classifiers/platt-scaling.js";
export { type PrincipalComponents, principalComponents } from "./classifiers/principal-components.js";
export { type ClassifierName, classifiers, createClassifier } from "./classifiers/registry.js";
export {
  type SoftmaxNetwork,
  type SoftmaxNetworkOptions,
  softmaxNetwork,
  tenEpochSoftmax,
} from "./classifiers/softmax-network.js";
export type { SoftmaxNetworkModel } from "./classifiers/softmax-network-model.js";
export { innerFolds } from "./classifiers/stratified-folds.js";
export { svmC1 } from "./classifiers/svm-c1.js";
export { type TwoStageGate, type TwoStageGateOptions, twoStageGate } from "./classifiers/two-stage-gate.js";
export type { GateStages, TwoStageGateModel } from "./classifiers/two-stage-gate-model.js";

// metrics
export { accuracy } from "./metrics/accuracy.js";
export type { Answer } from "./metrics/answers.js";
export { balancedAccuracy } from "./metrics/balanced-accuracy.js";
export { bootstrapPValue } from "./metrics/bootstrap-p-value.js";
export { type BrierScoreOptions, brierScore, squaredError } from "./metrics/brier-score.js";
export { boxOverlap } from "./metrics/box-overlap.js";
export { type CalibrationBin, type CalibrationBins, calibrationCurve } from "./metrics/calibration-curve.js";
export {
  type ClassificationReport,
  classificationReport,
  type FormatReportOptions,
  formatClassificationReport,
} from "./metrics/classification-report.js";
export { type ConfusionMatrix, confusionMatrix, type LabelsOptions } from "./metrics/confusion-matrix.js";
export { correctedResampledTTest, type TTest } from "./metrics/corrected-resampled-t-test.js";
export { detectionAveragePrecision } from "./metrics/detection-average-precision.js";
export { type DetectionCurvePoint, detectionCurve, type JudgedDetection } from "./metrics/detection-curve.js";
export {
  detectionIdentificationRate,
  type IdentificationProbe,
} from "./metrics/detection-identification-rate.js";
export { falsePositiveIdentificationRate } from "./metrics/false-positive-identification-rate.js";
export { expectedCalibrationError } from "./metrics/expected-calibration-error.js";
export { holm } from "./metrics/holm.js";
export { type IdentificationThreshold, identificationThreshold } from "./metrics/identification-threshold.js";
export { type EqualErrorRate, equalErrorRate } from "./metrics/equal-error-rate.js";
export { type DetectionOutcome, judgeDetections, type MarkedFace } from "./metrics/judge-detections.js";
export { landmarkError } from "./metrics/landmark-error.js";
export { logLoss, meanLogLoss } from "./metrics/log-loss.js";
export { macroF1 } from "./metrics/macro-f1.js";
export { type BoxMatch, matchBoxes } from "./metrics/match-boxes.js";
export { mcnemar } from "./metrics/mcnemar.js";
export { meanAndDeviation } from "./metrics/mean-and-deviation.js";
export {
  type LabelScores,
  precisionRecallFscoreSupport,
  type Scores,
} from "./metrics/precision-recall-fscore-support.js";
export { quantile } from "./metrics/quantile.js";
export { type RecallAtFalsePositives, recallAtFalsePositives } from "./metrics/recall-at-false-positives.js";
export { rocAuc } from "./metrics/roc-auc.js";
export { type RocPoint, rocCurve } from "./metrics/roc-curve.js";
export { studentTSurvival } from "./metrics/student-t-survival.js";
export { type TarAtFar, tarAtFar } from "./metrics/tar-at-far.js";
export { topKAccuracy } from "./metrics/top-k-accuracy.js";
export { type ScoredPair, type VerificationFold, verificationFolds } from "./metrics/verification-folds.js";
export { type Interval, wilsonInterval } from "./metrics/wilson-interval.js";

// pipeline
export {
  type ChooseEmbedderOptions,
  type ChosenEmbedder,
  chooseEmbedder,
} from "./pipeline/choose-embedder.js";
export { type ChosenPrecision, choosePrecision, type PrecisionMachine } from "./pipeline/choose-precision.js";
export { type DatasetKind, datasetKind } from "./pipeline/dataset-kind.js";
export { dividePhotoFiles } from "./pipeline/divide-photo-files.js";
export { type DrawnTestFaces, type DrawTestFacesOptions, drawTestFaces } from "./pipeline/draw-test-faces.js";
export { type EmbeddedFace, embedFaces } from "./pipeline/embed-faces.js";
export { type CacheSize, cacheSize, cleanCache } from "./pipeline/cache-size.js";
export {
  type CacheKey,
  type DiskCache,
  diskCache,
  resultsDirectory,
} from "./pipeline/disk-cache.js";
export { type EmbeddedFile, embedFiles, embedPhotos } from "./pipeline/embed-photos.js";
export {
  type EmbeddedFacePhoto,
  type EmbeddedPhoto,
  type EmbeddedSet,
  hasFace,
} from "./pipeline/embedded-set.js";
export { readEmbeddingsFile, writeEmbeddingsFile } from "./pipeline/embeddings-file.js";
export { readEncodingsFile, writeEncodingsFile } from "./pipeline/encodings-file.js";
export { type ExtractedPhoto, extractFaces } from "./pipeline/extract-faces.js";
export { facePipeline } from "./pipeline/face-pipeline.js";
export { type OwnPipelineParts, ownPipeline } from "./pipeline/own-pipeline.js";
export { embedFacesFile, writeFacesFile } from "./pipeline/faces-file.js";
export { type FoundFaces, findFaces } from "./pipeline/find-faces.js";
export {
  type LfwEmbeddings,
  lfwEmbeddedSet,
  readLfwEmbeddings,
  writeLfwEmbeddings,
} from "./pipeline/lfw-embeddings-file.js";
export { type LfwRowPair, readLfwRowPairs, writeLfwRowPairs } from "./pipeline/lfw-pairs-file.js";
export { type OpenDatasetOptions, type OpenedDataset, openDataset } from "./pipeline/open-dataset.js";
export { type FacePrediction, predictFace } from "./pipeline/predict-face.js";
export {
  copyKeys,
  type DuplicatePhotos,
  describeDuplicates,
  findDuplicates,
  type IdentifiedPhoto,
} from "./pipeline/photo-duplicates.js";
export { type PhotoFile, readPhotoFile } from "./pipeline/photo-file.js";
export { photoPool } from "./pipeline/photo-pool.js";
export type {
  FaceCrop,
  FacePipeline,
  FacePipelineOptions,
  FaceVectors,
  NoFace,
  NoFaceReason,
  PhotoCrops,
  PhotoPool,
  PhotoTask,
  PhotoVectors,
  PlacedVectors,
} from "./pipeline/pipeline-types.js";
export type { Provenance, Step } from "./pipeline/provenance.js";
export { type FacesFile, readFacesFile } from "./pipeline/read-faces-file.js";
export {
  type SampleFace,
  type SampleFaceSet,
  type SampleFacesOptions,
  sampleFaces,
  sampleTestVariations,
  sampleTrainVariations,
} from "./pipeline/sample-faces.js";
export { type SampleRegion, type SampleRegions, sampleRegions } from "./pipeline/sample-regions.js";

// evaluation
export { type Answers, answersOf } from "./evaluation/answers-of.js";
export { classificationReports } from "./evaluation/classification-reports.js";
export {
  type Compared,
  comparePairs,
  describePairs,
  type PairComparison,
  type PairComparisons,
} from "./evaluation/compare-pairs.js";
export { comparisonFrame, type DataFrame, recordsFrame } from "./evaluation/comparison-frame.js";
export { comparisonTable, scoresTable, type TextTable, toMarkdown } from "./evaluation/comparison-table.js";
export { type Confusion, confusions } from "./evaluation/confusions.js";
export { dataSha256 } from "./evaluation/data-sha256.js";
export {
  type EvaluateOptions,
  type Evaluation,
  type EvaluationRecord,
  evaluate,
  type FitReport,
} from "./evaluation/evaluate.js";
export type { ModelAnswer } from "./evaluation/model-answer.js";
export type { NotRun } from "./evaluation/not-run.js";
export { type FaceScores, faceScores } from "./evaluation/face-scores.js";
export { score } from "./evaluation/score.js";
export { type Mistake, mistakes } from "./evaluation/mistakes.js";
export { type RunDescription, writeRun } from "./evaluation/write-run.js";

// plots
export { type AccuracyLine, accuracyCurveFigure } from "./plots/accuracy-curve-figure.js";
export { comparisonFigure } from "./plots/comparison-figure.js";
export { confusionFigure } from "./plots/confusion-figure.js";
export { type EmbeddingMap, embeddingMaps, type MapPoint } from "./plots/embedding-map.js";
export { detectionCurveFigure } from "./plots/detection-curve-figure.js";
export { embeddingMapFigure } from "./plots/embedding-map-figure.js";
export type { Figure, Json, JsonObject } from "./plots/figure.js";
export { identificationFigure, type NamedIdentificationCurve } from "./plots/identification-figure.js";
export { learningCurveFigure } from "./plots/learning-curve-figure.js";
export { type LineAxis, linesFigure, type NamedLine, powersOfTen } from "./plots/lines-figure.js";
export { figureSvg } from "./plots/figure-svg.js";
export { lineFigureSvg } from "./plots/line-figure-svg.js";
export { plotlyText } from "./plots/plotly-text.js";
export {
  type PredictionCell,
  type PredictionPictureOptions,
  predictionPicture,
} from "./plots/prediction-picture.js";
export { probabilityFigure } from "./plots/probability-figure.js";
export { recallFigure } from "./plots/recall-figure.js";
export { type NamedCalibration, reliabilityFigure } from "./plots/reliability-figure.js";
export { type NamedRocCurve, rocFigure } from "./plots/roc-figure.js";
export { reportHtml } from "./plots/report-html.js";
export type { ReportFaces, ReportInput } from "./plots/report-input.js";

// recognition
export { writeAnswersCsv } from "./recognition/answers-csv.js";
export { writeAnswersJson } from "./recognition/answers-json.js";
export { drawRecognised } from "./recognition/draw-recognised.js";
export { type EncodeFolderOptions, encodeFolder } from "./recognition/encode-folder.js";
export type { Gallery } from "./recognition/gallery.js";
export type { Identification, Identity, Recogniser } from "./recognition/recogniser.js";
export {
  type RecogniserExpectations,
  readRecogniser,
  saveRecogniser,
} from "./recognition/recogniser-file.js";
export {
  type PhotoAnswer,
  type RecognisedFace,
  type RecognisedPhoto,
  type RecognisePhotoOptions,
  recognisePhoto,
} from "./recognition/recognise-photo.js";
export { type TrainRecogniserOptions, trainRecogniser } from "./recognition/train-recogniser.js";
export { type TunedVerification, tuneVerification } from "./recognition/tune-verification.js";
export {
  type VerificationThreshold,
  hasVerificationThresholds,
  verificationSource,
  verificationThresholds,
} from "./recognition/verification-threshold.js";
export { type Verification, type VerifyPhotosOptions, verifyPhotos } from "./recognition/verify-photos.js";
export { writeText } from "./recognition/write-text.js";

// attendance
export { answerPhoto, type PhotoAttendance } from "./attendance/answer-photo.js";
export { type AttendanceAnswer, attendanceAnswer } from "./attendance/attendance-answer.js";
export {
  type AttendanceEntry,
  type AttendanceLog,
  attendanceLog,
  type Decision,
  type Seen,
} from "./attendance/attendance-log.js";
export {
  type FaceTrack,
  type FaceTracker,
  faceTracker,
  type TrackerOptions,
} from "./attendance/face-tracker.js";
export { isCamera, type VideoFrame, type VideoOptions, videoFrames } from "./attendance/video-frames.js";
export {
  type WatchedFace,
  type WatchedFrame,
  type WatchOptions,
  watchFaces,
} from "./attendance/watch-faces.js";

// notebook
export { type Showable, type ShowOptions, show } from "./notebook/show.js";
export { showProgress } from "./notebook/show-progress.js";

// lessons
export { check } from "./lessons/check.js";
export type { LessonEmbeddings, LessonPhotos } from "./lessons/lesson.js";
export type { FacePair } from "./lessons/lesson-pairs.js";
export { openEmbeddings } from "./lessons/open-embeddings.js";
export { openPhotos } from "./lessons/open-photos.js";
