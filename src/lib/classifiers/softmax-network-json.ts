import { InputError } from "../errors.js";
import type { DenseLayer } from "../inference/dense-layers.js";
import type { DenseHistory } from "../inference/dense-network.js";
import type { ModelJson } from "../types.js";
import { stateReader } from "./model-json.js";
import type { InputScale, NetworkInput } from "./softmax-network-input.js";

/** What a network consists of. */
export interface LearnedNetwork {
  readonly labels: readonly string[];
  readonly dimensions: number;
  readonly normalize: NetworkInput;
  readonly input: InputScale;
  readonly layers: readonly DenseLayer[];
  readonly history: DenseHistory;
}

const INPUTS: readonly NetworkInput[] = ["none", "l2", "standard"];

/** What a network has learned as flat lists of numbers, for a model's `state`: the layers' one behind the other. */
export function networkState({ normalize, input, layers, history }: LearnedNetwork): Record<string, unknown> {
  return {
    normalize,
    mean: input.mean,
    factor: input.factor,
    depth: layers.length,
    widths: layers.map(({ outputs }) => outputs),
    weights: layers.flatMap(({ weights }) => Array.from(weights)),
    bias: layers.flatMap(({ bias }) => Array.from(bias)),
    epochs: history.loss.length,
    validated: history.valLoss.length > 0,
    loss: history.loss,
    accuracy: history.accuracy,
    valLoss: history.valLoss,
    valAccuracy: history.valAccuracy,
  };
}

/** The other way round of {@link networkState}. @throws InputError on a field that does not fit the others. */
export function readNetwork(json: ModelJson): LearnedNetwork {
  const { labels, dimensions } = json;
  const state = stateReader(json);
  const widths = state.numbers("widths", state.number("depth"));
  if (!widths.every((width) => Number.isInteger(width) && width >= 1) || widths.at(-1) !== labels.length) {
    throw new InputError(`invalid widths in a model (must be integers >= 1, the last one ${labels.length})`);
  }
  const shapes = Array.from(widths, (outputs, depth) => ({
    inputs: widths[depth - 1] ?? dimensions,
    outputs,
  }));
  const total = (count: (shape: { inputs: number; outputs: number }) => number): number =>
    shapes.reduce((sum, shape) => sum + count(shape), 0);
  const weights = state.numbers(
    "weights",
    total(({ inputs, outputs }) => inputs * outputs),
  );
  const bias = state.numbers(
    "bias",
    total(({ outputs }) => outputs),
  );
  let [weight, unit] = [0, 0];
  const layers = shapes.map(({ inputs, outputs }): DenseLayer => {
    const layer = {
      inputs,
      outputs,
      weights: Float32Array.from(weights.subarray(weight, weight + inputs * outputs)),
      bias: Float32Array.from(bias.subarray(unit, unit + outputs)),
    };
    weight += inputs * outputs;
    unit += outputs;
    return layer;
  });
  const epochs = state.number("epochs");
  const validated = state.boolean("validated") ? epochs : 0;
  const curve = (name: string, length: number): number[] => Array.from(state.numbers(name, length));
  return {
    labels,
    dimensions,
    normalize: state.choice("normalize", INPUTS),
    input: { mean: state.numbers("mean", dimensions), factor: state.numbers("factor", dimensions) },
    layers,
    history: {
      loss: curve("loss", epochs),
      accuracy: curve("accuracy", epochs),
      valLoss: curve("valLoss", validated),
      valAccuracy: curve("valAccuracy", validated),
    },
  };
}
