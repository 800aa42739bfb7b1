import { InputError } from "../errors.js";
import type { Detector } from "../types.js";
import { type MtcnnOptions, mtcnn } from "./mtcnn.js";
import { findMtcnnWeights, shippedMtcnnWeights } from "./mtcnn-weights.js";
import { ssdDetector } from "./ssd-detector.js";
import { tinyDetector } from "./tiny-detector.js";
import { yunet } from "./yunet.js";

/** Options of every detector; each takes what it knows. */
export interface DetectorOptions
  extends Pick<MtcnnOptions, "weights" | "minFaceSize" | "scaleFactor" | "thresholds" | "threads"> {
  /** A key of {@link detectors}; @default "mtcnn" */
  readonly detector?: string;
}

/** Every detector by the name that the command line and the result files use. */
export const detectors: Readonly<Record<string, (options: DetectorOptions) => Detector | Promise<Detector>>> =
  {
    mtcnn: ({ weights, minFaceSize, scaleFactor, thresholds, threads }) =>
      mtcnn({ weights, minFaceSize, scaleFactor, thresholds, threads }),
    ssd: (options) => {
      requireNoneOfMtcnn("ssd", options);
      return ssdDetector();
    },
    tiny: (options) => {
      requireNoneOfMtcnn("tiny", options);
      return tinyDetector();
    },
    yunet: (options) => {
      requireNoneOfMtcnn("yunet", options);
      return yunet({ threads: options.threads });
    },
  };

/** Settings of MTCNN's pyramid and cascade mean nothing to the others. */
function requireNoneOfMtcnn(
  name: string,
  { weights, minFaceSize, scaleFactor, thresholds }: DetectorOptions,
): void {
  for (const [option, value] of Object.entries({ weights, minFaceSize, scaleFactor, thresholds })) {
    if (value !== undefined) {
      throw new InputError(`invalid option: ${option} (only mtcnn takes it, not ${name})`);
    }
  }
}

/**
 * Makes the detector that was asked for, or MTCNN where none was.
 * @returns the detector, and a line for the user where its weights are interim ones.
 * @throws InputError on an unknown name, or where weights are missing or damaged.
 */
export async function chooseDetector(
  options: DetectorOptions = {},
): Promise<{ detector: Detector; notice?: string }> {
  const name = options.detector ?? "mtcnn";
  const create = Object.hasOwn(detectors, name) ? detectors[name] : undefined;
  if (create === undefined) {
    throw new InputError(`unknown detector: ${name} (expected ${Object.keys(detectors).join(", ")})`);
  }
  const detector = await create(options);
  const interim =
    name === "mtcnn" && options.weights === undefined && findMtcnnWeights() === shippedMtcnnWeights;
  return interim ? { detector, notice: INTERIM } : { detector };
}

const INTERIM =
  "MTCNN runs with facelab's own weights, which are interim: a little weaker than the published ones (facelab fetch mtcnn gets those)";
