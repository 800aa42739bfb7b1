import { basename, dirname } from "node:path";
import { type Detector, type MtcnnOptions, mtcnn } from "facelab";

/** The two sets of weights: the one that is asked about, and the one that it is compared with. */
export const sides = ["ours", "reference"] as const;
export type Side = (typeof sides)[number];
export type Both<T> = Readonly<Record<Side, T>>;

/** What is set for one set of weights. */
export interface SideOptions {
  /** The manifest. */
  readonly weights: string;
  /** Least scores of the three networks. @default those of `mtcnn` */
  readonly thresholds?: readonly number[];
  /** The same for the curves over false positives: low, so that a curve reaches far. */
  readonly curveThresholds: readonly number[];
}

/** Asks the same of both sides, at once: while one computes, the other prepares its input. */
export async function forBoth<T>(ask: (side: Side) => Promise<T>): Promise<Both<T>> {
  const [ours, reference] = await Promise.all([ask("ours"), ask("reference")]);
  return { ours, reference };
}

/** MTCNN with the weights of each side; all other settings are the same. */
export function detectorsOf(
  options: Both<SideOptions>,
  {
    curve = false,
    ...settings
  }: Pick<MtcnnOptions, "minFaceSize" | "scaleFactor"> & { curve?: boolean } = {},
): Promise<Both<Detector>> {
  return forBoth((side) => {
    const { weights, thresholds, curveThresholds } = options[side];
    return mtcnn({ ...settings, weights, thresholds: curve ? curveThresholds : thresholds });
  });
}

/** One side of a section, as it is recorded: weights by folder and name, not by where they lie on this machine. */
export interface WeightsUsed {
  readonly weights: string;
  readonly sha256: string;
  readonly thresholds: readonly number[];
  /** Of what, after R-Net, and from which overlap on; and whether O-Net looks twice: what `mtcnn` does with these weights. */
  readonly suppression: string;
  readonly overlap: number;
  readonly secondLook: boolean;
}

/** @param detectors of {@link detectorsOf}. */
export function weightsUsed(detectors: Both<Detector>): Both<WeightsUsed> {
  const used = ({ models, params }: Detector): WeightsUsed => {
    const { source = "", sha256 = "" } = models[0] ?? {};
    return {
      weights: `${basename(dirname(source))}/${basename(source)}`,
      sha256,
      thresholds: params.thresholds as readonly number[],
      suppression: params.suppression as string,
      overlap: params.overlap as number,
      secondLook: params.secondLook as boolean,
    };
  };
  return { ours: used(detectors.ours), reference: used(detectors.reference) };
}
