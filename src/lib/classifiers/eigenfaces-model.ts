import { InputError } from "../errors.js";
import type { Embedding, Model, ModelJson, Params } from "../types.js";
import { loadLinearSvm } from "./linear-svm-model.js";
import { modelJson, requireModelJson, stateReader } from "./model-json.js";
import { projection } from "./principal-components.js";
import { requireEmbedding } from "./training-set.js";

/** Where eigenfaces put a face: its distance from the mean face along each of some directions. */
export interface FaceSpace {
  readonly mean: Float64Array;
  /** At least one direction, row-major; shorter than 1 where the coordinates are whitened. */
  readonly basis: Float64Array;
}

/** The way from pixels to coordinates in the face space. @throws InputError, as `predict`, on what is no vector of such pixels. */
export function intoFaceSpace({ mean, basis }: FaceSpace): (embedding: Embedding) => Embedding {
  const project = projection(mean, basis);
  return (embedding) => {
    requireEmbedding(embedding, mean.length);
    return Float32Array.from(project(embedding));
  };
}

/** Puts a model together from what was learned. @param svm was fitted on coordinates in the face space. */
export function eigenfacesModel(space: FaceSpace, svm: Model, chosen: Params): Model {
  const coordinates = intoFaceSpace(space);
  return {
    labels: svm.labels,
    dimensions: space.mean.length,
    chosen,
    predictProba: (embedding) => svm.predictProba(coordinates(embedding)),
    predict: (embedding) => svm.predict(coordinates(embedding)),
    toJSON() {
      return modelJson("eigenfaces", this, { ...space, svm: svm.toJSON?.() });
    },
  };
}

/** The other way round of the model's `toJSON`. */
export function loadEigenfaces(json: ModelJson): Model {
  const { dimensions, labels, chosen } = json;
  const svm = innerSvm(json);
  if (svm.labels.length !== labels.length || labels.some((label, i) => label !== svm.labels[i])) {
    throw new InputError("invalid svm in a model (must know the model's labels)");
  }
  const read = stateReader(json);
  const mean = read.numbers("mean", dimensions);
  const basis = read.numbers("basis", svm.dimensions * dimensions);
  return eigenfacesModel({ mean, basis }, svm, chosen);
}

function innerSvm({ state }: ModelJson): Model {
  try {
    return loadLinearSvm(requireModelJson(state.svm));
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    throw new InputError(`invalid svm in a model (${cause.message})`, { cause });
  }
}
