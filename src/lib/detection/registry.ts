import { InputError } from "../errors.js";
import type { Detector } from "../types.js";
import { type MtcnnOptions, mtcnn } from "./mtcnn.js";
import { findMtcnnWeights } from "./mtcnn-weights.js";
import { ssdDetector } from "./ssd-detector.js";

/** Options of every detector; each takes what it knows. */
export interface DetectorOptions
  extends Pick<MtcnnOptions, "weights" | "minFaceSize" | "scaleFactor" | "thresholds" | "threads"> {
  /** A key of {@link detectors}; by default MTCNN, or SSD where MTCNN's weights are not found. */
  readonly detector?: string;
}

/** Every detector by the name that the command line and the result files use. */
export const detectors: Readonly<Record<string, (options: DetectorOptions) => Detector | Promise<Detector>>> =
  {
    mtcnn: ({ weights, minFaceSize, scaleFactor, thresholds, threads }) =>
      mtcnn({ weights, minFaceSize, scaleFactor, thresholds, threads }),
    ssd: ({ weights, minFaceSize, scaleFactor, thresholds }) => {
      for (const [option, value] of Object.entries({ weights, minFaceSize, scaleFactor, thresholds })) {
        if (value !== undefined)
          throw new InputError(`invalid option: ${option} (only mtcnn takes it, not ssd)`);
      }
      return ssdDetector();
    },
  };

/**
 * Makes the detector that was asked for, or the best one at hand where none was.
 * @returns the detector, and a line for the user where it is a stand-in.
 * @throws InputError on an unknown name, or where weights are missing of a detector that was asked for.
 */
export async function chooseDetector(
  options: DetectorOptions = {},
): Promise<{ detector: Detector; notice?: string }> {
  const hasMtcnn = (): boolean => options.weights !== undefined || findMtcnnWeights() !== undefined;
  const name = options.detector ?? (hasMtcnn() ? "mtcnn" : "ssd");
  const create = Object.hasOwn(detectors, name) ? detectors[name] : undefined;
  if (create === undefined) {
    throw new InputError(`unknown detector: ${name} (expected ${Object.keys(detectors).join(", ")})`);
  }
  const detector = await create(options);
  if (options.detector !== undefined || name === "mtcnn") return { detector };
  const notice =
    "no MTCNN weights found: face-api's SSD and its 68 landmarks stand in (facelab fetch mtcnn gets the weights)";
  return { detector, notice };
}
