import { InputError } from "../errors.js";
import type { EmbedderId, Model, ModelJson } from "../types.js";
import { loadEigenfaces } from "./eigenfaces-model.js";
import { loadLinearSvm } from "./linear-svm-model.js";
import { loadMajority } from "./majority.js";
import { loadMlKnn } from "./ml-knn.js";
import { requireModelJson } from "./model-json.js";
import { loadNearestNeighbours } from "./nearest-neighbours.js";
import { loadSimilarityModel } from "./similarity-model.js";
import { loadSoftmaxNetwork } from "./softmax-network-model.js";
import { loadTwoStageGate } from "./two-stage-gate-model.js";

/** Which function reads which kind of model. */
const loaders: Readonly<Record<string, (json: ModelJson) => Model>> = {
  svm: loadLinearSvm,
  "svm-c1": loadLinearSvm,
  "ml-svm": loadLinearSvm,
  cosine: loadSimilarityModel,
  "cosine-mean": loadSimilarityModel,
  knn: loadNearestNeighbours,
  "ml-knn": loadMlKnn,
  softmax: loadSoftmaxNetwork,
  "softmax-10": loadSoftmaxNetwork,
  gate: loadTwoStageGate,
  eigenfaces: loadEigenfaces,
  majority: loadMajority,
};

/** What a model must be to be of use. */
export interface ModelExpectations {
  /** The name of the classifier that fitted it. */
  readonly kind?: string;
  /** Length of the embeddings that it will be asked about. */
  readonly dimensions?: number;
  /** The embedder of the photos that it will be asked about: its name, or its name and the sha256 of its weights. */
  readonly embedder?: string | EmbedderId;
}

/**
 * Makes a model of what its `toJSON` gave.
 * @param json the parsed JSON, from anywhere: every field is checked. `saveModel` adds the field `embedder`.
 * @throws InputError on what is no model, another version, kind, length or embedder, with the reason.
 */
export function loadModel(json: unknown, expectations: ModelExpectations = {}): Model {
  const checked = requireModelJson(json);
  const { kind, dimensions } = checked;
  const load = Object.hasOwn(loaders, kind) ? loaders[kind] : undefined;
  if (load === undefined) {
    throw new InputError(`unknown kind of model: ${kind} (expected ${Object.keys(loaders).join(", ")})`);
  }
  if (expectations.kind !== undefined && kind !== expectations.kind) {
    throw new InputError(`another kind of model: ${kind} (expected ${expectations.kind})`);
  }
  if (expectations.embedder !== undefined) {
    requireEmbedder((checked as { embedder?: unknown }).embedder, expectations.embedder);
  }
  if (expectations.dimensions !== undefined && dimensions !== expectations.dimensions) {
    throw new InputError(
      `a model of embeddings of another length: ${dimensions} (expected ${expectations.dimensions})`,
    );
  }
  return load(checked);
}

function requireEmbedder(saved: unknown, expected: string | EmbedderId): void {
  const { name, sha256 } = typeof expected === "string" ? { name: expected, sha256: undefined } : expected;
  if (saved === undefined || saved === null) {
    throw new InputError(`a model that does not say which embedder it was fitted on (expected ${name})`);
  }
  const own = saved as Partial<EmbedderId>;
  if (own.name !== name) {
    throw new InputError(`fitted on another embedder: ${own.name} (expected ${name}; train it again)`);
  }
  if (sha256 !== undefined && own.sha256 !== sha256) {
    throw new InputError(
      `fitted on other weights of ${name}: sha256 ${own.sha256} (expected ${sha256}; train it again)`,
    );
  }
}
