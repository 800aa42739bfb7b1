import { InputError } from "../errors.js";
import type { Detector } from "../types.js";
import { haar } from "./haar.js";
import { type MtcnnOptions, mtcnn } from "./mtcnn.js";
import { ssdDetector } from "./ssd-detector.js";
import { tinyDetector } from "./tiny-detector.js";
import { yunet } from "./yunet.js";

/** Options of every detector; each takes what it knows. */
export interface DetectorOptions
  extends Pick<MtcnnOptions, "weights" | "minFaceSize" | "thresholds" | "threads"> {
  /** A key of {@link detectors}; @default "mtcnn" */
  readonly detector?: string;
  /** Step of the image pyramid, as each detector counts it: below 1 for MTCNN, above 1 for haar. @default 0.709 and 1.1 */
  readonly scaleFactor?: number;
}

/** Every detector by the name that the command line and the result files use. */
export const detectors: Readonly<Record<string, (options: DetectorOptions) => Detector | Promise<Detector>>> =
  {
    mtcnn: ({ weights, minFaceSize, scaleFactor, thresholds, threads }) =>
      mtcnn({ weights, minFaceSize, scaleFactor, thresholds, threads }),
    ssd: (options) => {
      requireNoneOfOthers("ssd", options);
      return ssdDetector();
    },
    tiny: (options) => {
      requireNoneOfOthers("tiny", options);
      return tinyDetector();
    },
    haar: (options) => {
      requireNoneOfOthers("haar", options);
      return haar({ minFaceSize: options.minFaceSize, scaleFactor: options.scaleFactor });
    },
    yunet: (options) => {
      requireNoneOfOthers("yunet", options);
      return yunet({ threads: options.threads });
    },
  };

/** Who has a pyramid or a cascade to set: to others these options mean nothing. */
const TAKERS = {
  weights: ["mtcnn"],
  minFaceSize: ["mtcnn", "haar"],
  scaleFactor: ["mtcnn", "haar"],
  thresholds: ["mtcnn"],
} as const satisfies Partial<Record<keyof DetectorOptions, readonly string[]>>;

function requireNoneOfOthers(name: string, options: DetectorOptions): void {
  for (const [option, takers] of Object.entries(TAKERS)) {
    if (options[option as keyof typeof TAKERS] === undefined || takers.some((taker) => taker === name))
      continue;
    const take = takers.length === 1 ? "takes" : "take";
    throw new InputError(`invalid option: ${option} (only ${takers.join(" and ")} ${take} it, not ${name})`);
  }
}

/**
 * Makes the detector that was asked for, or MTCNN where none was.
 * @throws InputError on an unknown name, or where weights are missing or damaged.
 */
export async function chooseDetector(options: DetectorOptions = {}): Promise<Detector> {
  const name = options.detector ?? "mtcnn";
  const create = Object.hasOwn(detectors, name) ? detectors[name] : undefined;
  if (create === undefined) {
    throw new InputError(`unknown detector: ${name} (expected ${Object.keys(detectors).join(", ")})`);
  }
  return create(options);
}
