import { InputError, requireInteger } from "../errors.js";
import type { Classifier, Random, Sample } from "../types.js";
import { galleryThreshold } from "./gallery-threshold.js";
import {
  fitSoftmaxNetwork,
  networkSet,
  type SoftmaxNetworkOptions,
  softmaxNetwork,
} from "./softmax-network.js";
import { type TwoStageGateModel, twoStageGateModel } from "./two-stage-gate-model.js";
import { gateProbability } from "./two-stage-gate-thresholds.js";

/** Hyper-parameters of {@link twoStageGate}: its own and those of the network. */
export interface TwoStageGateOptions extends SoftmaxNetworkOptions {
  /** Answer `unknown` where a stage is not passed; without it the gate is the network. @default true */
  readonly rejection?: boolean;
  /** Smallest probability that passes, 0..1, or `fit`: chosen on the training faces. @default "fit" */
  readonly minProbability?: number | "fit";
  /** Smallest cosine similarity that passes, -1..1, or `fit`: chosen on the training faces. @default "fit" */
  readonly minCosine?: number | "fit";
  /** Networks trained to choose the probability, >= 2; fewer where a person has fewer photos. @default 3 */
  readonly folds?: number;
}

/** What {@link twoStageGate} returns: a classifier whose models show both stages. */
export interface TwoStageGate extends Classifier {
  fit(samples: readonly Sample[], random: Random): Promise<TwoStageGateModel>;
}

/**
 * Two stages: a softmax network picks the person, then the face must be alike enough to that person's nearest training
 * face. Where the probability or the cosine similarity is below its threshold the answer is `unknown`. The network alone
 * cannot say that: it is often sure of a face that it has never seen anything like.
 *
 * Both thresholds come from the training faces alone. The cosine: each training face once against the others of its person, and
 * once as a stranger against everybody else, see gallery-threshold.ts. The probability: `folds` networks, each without some
 * people, who are its strangers, and without some photos of the others, see two-stage-gate-thresholds.ts.
 *
 * `predictProba` is the network's: who it is if it is somebody enrolled. A prediction's score is the cosine similarity. `chosen`
 * of the model: the network's, and with rejection `minProbability`, `minCosine`, and of a fitted `minCosine` the
 * `falseAcceptRate` and `falseRejectRate` on the training faces (null where there are no strangers or second photos).
 * @throws InputError on an option out of its range.
 */
export function twoStageGate({
  rejection = true,
  minProbability = "fit",
  minCosine = "fit",
  folds = 3,
  ...networkOptions
}: TwoStageGateOptions = {}): TwoStageGate {
  requireThreshold("minProbability", minProbability, 0);
  requireThreshold("minCosine", minCosine, -1);
  requireInteger("folds", folds, 2);
  const options = softmaxNetwork(networkOptions).options;

  return {
    name: "gate",
    params: { rejection, minProbability, minCosine, folds, ...options },
    async fit(samples, random) {
      const set = networkSet(samples, options.normalize);
      const { learned, chosen } = await fitSoftmaxNetwork(set, options, random.fork("network"));
      if (!rejection) return twoStageGateModel({ learned, faces: set, limits: undefined }, chosen);

      const { threshold, ...rates } = galleryThreshold(set);
      const cosine = minCosine === "fit" ? threshold : minCosine;
      const probability =
        minProbability === "fit"
          ? await gateProbability(set, options, { folds, minCosine: cosine, random: random.fork("gate") })
          : minProbability;
      return twoStageGateModel(
        { learned, faces: set, limits: { probability, cosine } },
        {
          minProbability: probability,
          minCosine: cosine,
          ...(minCosine === "fit" ? rates : {}),
          ...chosen,
        },
      );
    },
  };
}

function requireThreshold(name: string, value: number | "fit", min: number): void {
  if (value !== "fit" && !(value >= min && value <= 1)) {
    throw new InputError(`invalid ${name}: ${value} (must be a number in ${min}..1, or fit)`);
  }
}
