import { InputError, requireNumber } from "../errors.js";
import { type IntegralImage, integralImage } from "../images/integral-image.js";
import { type OnnxOptions, type OnnxSession, onnxSession } from "../inference/onnx-session.js";
import { type Scratch, scratchLender } from "../inference/scratch.js";
import { readTfjsWeights } from "../inference/tfjs-weights.js";
import type { Detection, Landmarks5, ModelCard, RgbImage } from "../types.js";
import { outputGraph, proposalGraph, refineGraph } from "./mtcnn-graphs.js";
import { proposeBoxes, pyramidScales } from "./mtcnn-proposals.js";
import { type RefinedBox, refineBoxes } from "./mtcnn-refinement.js";
import { lookAgain } from "./mtcnn-second-look.js";
import { mtcnnSettings } from "./mtcnn-settings.js";
import { type MtcnnDetector, type MtcnnLevel, toCandidate } from "./mtcnn-stages.js";
import { suppressRefined } from "./mtcnn-suppression.js";
import { mtcnnWeights } from "./mtcnn-weights.js";
import { nonMaximumSuppression } from "./non-maximum-suppression.js";

export interface MtcnnOptions extends OnnxOptions {
  /** The weights' manifest (a `*-weights_manifest.json`), or `mtcnn-reference` for the published ones: see {@link mtcnnWeights}. @default those that ship */
  readonly weights?: string;
  /** Side of the smallest face to look for, in pixels, at least 12. @default 20 */
  readonly minFaceSize?: number;
  /** Size of each level of the image pyramid relative to the one before, in (0, 0.95]. @default 0.709 */
  readonly scaleFactor?: number;
  /** Least scores to pass P-, R- and O-Net, each in (0, 1]. @default [0.6, 0.7, 0.7] */
  readonly thresholds?: readonly number[];
  /** Show O-Net each face twice more, mirrored, for its landmarks: {@link lookAgain}. @default with weights of our recipe */
  readonly secondLook?: boolean;
}

/** Overlap with a better face, as a part of the smaller of the two, above which a face is taken for the same. */
const NMS_AT_THE_END = 0.7;

/**
 * Finds faces and five landmarks with three networks, each looking closer at what the one before let pass.
 * Zhang, Zhang, Li & Qiao: Joint Face Detection and Alignment Using Multitask Cascaded Convolutional Networks, 2016.
 * Boxes are not rounded and may reach over the border of the photo.
 * @throws InputError where the weights are missing or damaged, or an option is out of its range.
 */
export async function mtcnn(options: MtcnnOptions = {}): Promise<MtcnnDetector> {
  const { minFaceSize = 20, scaleFactor = 0.709, thresholds = [0.6, 0.7, 0.7] } = options;
  if (!(minFaceSize >= 12 && Number.isFinite(minFaceSize))) {
    throw new InputError(`invalid minFaceSize: ${minFaceSize} (must be a number of pixels >= 12)`);
  }
  requireNumber("scaleFactor", scaleFactor, 0, 0.95);
  const [first, second, third] = threeThresholds(thresholds);
  const path = mtcnnWeights(options.weights);
  const weights = await readTfjsWeights(path);
  const settings = mtcnnSettings(weights);
  const { secondLook = settings.secondLook } = options;
  const [pnet, rnet, onet] = await Promise.all(
    [proposalGraph, refineGraph, outputGraph].map((graph) =>
      // One thread: the networks are small, and three pools of threads would wait for each other (at 250 pixels it takes twice as long).
      onnxSession(graph(weights), { ...options, threads: options.threads ?? 1 }),
    ),
  );
  const nets = { pnet: pnet as OnnxSession, rnet: rnet as OnnxSession, onet: onet as OnnxSession };
  const { lend } = scratchLender();
  const cascade = (photo: RgbImage, watch?: (level: MtcnnLevel) => void) =>
    lend(async (scratch) => {
      const image = integralImage(photo, scratch.words);
      const scales = pyramidScales(photo, minFaceSize, scaleFactor);
      const proposed = await proposeBoxes(nets.pnet, image, scales, first, scratch, watch);
      const passed = await refineBoxes(nets.rnet, image, proposed, 24, second, scratch);
      const refined = suppressRefined(passed, settings);
      const found = await findFaces(nets.onet, image, refined, third, scratch);
      const faces = secondLook ? await lookAgain(nets.onet, image, found, scratch) : found;
      return { proposed, refined, faces };
    });
  return {
    name: "mtcnn",
    params: {
      minFaceSize,
      scaleFactor,
      thresholds,
      suppression: settings.suppression,
      overlap: settings.overlap,
      secondLook,
    },
    models: modelCards(path, weights.sha256, nets.pnet.engine),
    detect: async (photo) => (await cascade(photo)).faces.map(detection),
    stages: async (photo) => {
      const pyramid: MtcnnLevel[] = [];
      const { proposed, refined, faces } = await cascade(photo, (level) => pyramid.push(level));
      return {
        pyramid,
        proposed: proposed.map(toCandidate),
        refined: refined.map(toCandidate),
        faces: faces.map(detection),
      };
    },
  };
}

async function findFaces(
  onet: OnnxSession,
  image: IntegralImage,
  boxes: readonly RefinedBox[],
  threshold: number,
  scratch: Scratch,
): Promise<RefinedBox[]> {
  const found = await refineBoxes(onet, image, boxes, 48, threshold, scratch);
  return nonMaximumSuppression(
    found.map(({ refined }) => refined),
    NMS_AT_THE_END,
    "smaller",
  );
}

function detection(face: RefinedBox): Detection {
  return { ...toCandidate(face), landmarks: face.landmarks as Landmarks5 };
}

function threeThresholds(values: readonly number[]): [number, number, number] {
  if (values.length !== 3) {
    throw new InputError(
      `invalid thresholds: ${values.join(",")} (must be three numbers, for P-, R- and O-Net)`,
    );
  }
  for (const value of values) requireNumber("threshold", value, 0, 1);
  return values as unknown as [number, number, number];
}

function modelCards(source: string, sha256: string, engine: string): ModelCard[] {
  const card = (name: string, input: string, outputs: string[]): ModelCard => ({
    name: `mtcnn ${name}`,
    source,
    sha256,
    engine,
    licence: "MIT",
    inputs: [input],
    outputs,
  });
  return [
    card("P-Net", "n x 3 x h x w (RGB)", ["scores n x 2 x h' x w'", "boxes n x 4 x h' x w'"]),
    card("R-Net", "n x 3 x 24 x 24 (RGB)", ["scores n x 2", "boxes n x 4"]),
    card("O-Net", "n x 3 x 48 x 48 (RGB)", ["scores n x 2", "boxes n x 4", "landmarks n x 10"]),
  ];
}
