import { basename } from "node:path";
import { InputError, requireInteger } from "../errors.js";
import { firstLine } from "../inference/first-line.js";
import {
  type OnnxOptions,
  type OnnxSession,
  onnxSession,
  type TensorShape,
} from "../inference/onnx-session.js";
import { sha256 } from "../inference/sha256.js";
import type { Aligner, Embedder, Embedding, ModelCard, RgbImage } from "../types.js";
import { l2Normalize } from "../unit-vector.js";
import { chipTensor } from "./chip-tensor.js";
import type { EmbedderDescription } from "./embedder-description.js";
import { mirroredMean } from "./mirrored-mean.js";

export interface OnnxEmbedderOptions extends Pick<OnnxOptions, "engine" | "threads"> {
  /** The .onnx file: where it is, and its bytes. */
  readonly file: { readonly path: string; readonly bytes: Uint8Array };
  readonly description: EmbedderDescription;
  /** Cuts the chips as the description says, in its size. */
  readonly aligner: Aligner;
  /** Take the mean of a chip's and its mirror image's vector. @default true */
  readonly mirror?: boolean;
  /** Chips in one run of the network, mirror images included, where the file leaves that open. @default 16 */
  readonly batch?: number;
}

/**
 * Any network for faces in an ONNX file: one input of chips, one vector for each. What the file says of its shapes is checked against
 * the description, and the length of the vectors is found by a run.
 * @throws InputError where the file cannot be loaded, has other shapes than described, or the aligner's chips have another size.
 */
export async function onnxEmbedder({
  file,
  description,
  aligner,
  mirror = true,
  batch = 16,
  ...onnx
}: OnnxEmbedderOptions): Promise<Embedder> {
  const { input, normalise, licence = "not stated" } = description;
  const refuse = (reason: string, cause?: unknown): InputError =>
    new InputError(`cannot use ${file.path} as an embedder (${reason})`, { cause });
  requireInteger("batch", batch, 1);
  if (aligner.size !== input.size) {
    throw refuse(
      `aligner ${aligner.name} cuts chips of ${aligner.size} pixels, its description says ${input.size}`,
    );
  }
  let session: OnnxSession;
  try {
    session = await onnxSession(file.bytes, onnx);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw refuse(firstLine(cause), cause);
  }
  const entrance = theInput(session.inputs, input, refuse);
  const exit = theOutput(session.outputs, description.output, refuse);
  // Some exporters write the number of chips into the file.
  const fixed = entrance.dims[0];
  const together = typeof fixed === "number" ? fixed : batch;

  const run = async (chips: readonly RgbImage[]): Promise<Float32Array> => {
    const size = typeof fixed === "number" ? fixed : chips.length;
    const results = await session.run({ [entrance.name]: chipTensor(chips, input, size) });
    const vectors = results[exit.name]?.data;
    if (!(vectors instanceof Float32Array)) throw refuse(`its output ${exit.name} is not of 32-bit numbers`);
    if (vectors.length % size !== 0) throw refuse(`${vectors.length} numbers for ${size} chips`);
    return vectors;
  };
  const black: RgbImage = {
    width: input.size,
    height: input.size,
    data: new Uint8Array(input.size ** 2 * 3),
  };
  const tried = await run([black]).catch((cause) => {
    throw cause instanceof InputError ? cause : refuse(firstLine(cause), cause);
  });
  const dimensions = tried.length / (typeof fixed === "number" ? fixed : 1);
  if (dimensions < 2) throw refuse(`a vector of ${dimensions} number is no embedding`);

  const embed = async (chips: readonly RgbImage[]): Promise<Embedding[]> => {
    const embeddings: Embedding[] = [];
    for (let start = 0; start < chips.length; start += together) {
      const part = chips.slice(start, start + together);
      const vectors = await run(part);
      for (let row = 0; row < part.length; row++) {
        embeddings.push(vectors.slice(row * dimensions, (row + 1) * dimensions));
      }
    }
    return embeddings;
  };
  const name = description.name ?? basename(file.path).replace(/\.onnx$/i, "");
  const model: ModelCard = {
    name,
    source: file.path,
    sha256: sha256(file.bytes),
    engine: session.engine,
    licence,
    inputs: [`${entrance.dims.join(" x ")} (${input.colour}, ${input.layout})`],
    outputs: [`n x ${dimensions}`],
  };
  const card: ModelCard = {
    ...model,
    name: `${name}, description`,
    source: "how its input is made",
    sha256: sha256(JSON.stringify(description)),
    inputs: ["pixels of a chip"],
    outputs: ["what the network sees"],
  };
  return {
    name,
    dimensions,
    aligner,
    params: { mirror, normalise },
    models: [model, card],
    async embed(chips) {
      for (const { width, height } of chips) {
        if (width !== input.size || height !== input.size) {
          throw new InputError(`chip is ${width} x ${height} (${name} needs ${input.size} x ${input.size})`);
        }
      }
      const vectors = await (mirror ? mirroredMean(chips, embed) : embed(chips));
      return normalise ? vectors.map(l2Normalize) : vectors;
    },
  };
}

type Refuse = (reason: string) => InputError;

function theInput(
  inputs: readonly TensorShape[],
  { size, layout }: EmbedderDescription["input"],
  refuse: Refuse,
) {
  const [only] = inputs;
  if (only === undefined || inputs.length > 1) {
    throw refuse(
      `it has ${inputs.length} inputs (${inputs.map(({ name }) => name).join(", ")}; expected one)`,
    );
  }
  if (only.type !== "float32") throw refuse(`its input is ${only.type} (expected float32)`);
  const expected = layout === "NCHW" ? [3, size, size] : [size, size, 3];
  const [, ...rest] = only.dims;
  const fits = rest.length === 3 && rest.every((dim, i) => typeof dim === "string" || dim === expected[i]);
  if (!fits) {
    throw refuse(`its input is ${only.dims.join(" x ")}, its description says n x ${expected.join(" x ")}`);
  }
  return only;
}

function theOutput(outputs: readonly TensorShape[], wanted: string | undefined, refuse: Refuse): TensorShape {
  const names = outputs.map(({ name }) => name).join(", ");
  const found = wanted === undefined ? outputs[0] : outputs.find(({ name }) => name === wanted);
  if (found === undefined) throw refuse(`it has no output ${wanted} (it has ${names})`);
  if (wanted === undefined && outputs.length > 1) {
    throw refuse(
      `it has ${outputs.length} outputs (name one of them as output in the description: ${names})`,
    );
  }
  return found;
}
