import { env, type InferenceSession, type Tensor, type TensorConstructor } from "onnxruntime-common";
import { requireInteger } from "../errors.js";
import { firstLine } from "./first-line.js";

/** Which build of ONNX Runtime computes: native, or WebAssembly where the native one is missing. */
export type OnnxEngine = "onnxruntime-node" | "onnxruntime-web";

/** A float32 tensor, row-major. */
export interface FloatTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** A uint8 tensor, row-major: what only inputs are. */
export interface ByteTensor {
  readonly dims: readonly number[];
  readonly data: Uint8Array;
}

/** What a graph says of an input or an output. */
export interface TensorShape {
  readonly name: string;
  /** As `float32`, or what it is where it is no tensor. */
  readonly type: string;
  /** A word where a dimension may differ from run to run. */
  readonly dims: readonly (number | string)[];
}

/** A network that is ready to run. */
export interface OnnxSession {
  readonly engine: OnnxEngine;
  readonly inputs: readonly TensorShape[];
  readonly outputs: readonly TensorShape[];
  /** Runs the network once. @param inputs by the names in the graph. */
  run(inputs: Readonly<Record<string, FloatTensor | ByteTensor>>): Promise<Record<string, FloatTensor>>;
}

export interface OnnxOptions {
  /** Which runtime; by default the native one where it loads. */
  readonly engine?: OnnxEngine;
  /** Threads within one operator. @default the runtime's own choice (all cores) */
  readonly threads?: number;
  /** Multiply bytes exactly on processors that cut such products off (see `integerSaturation`), at half the speed. @default false */
  readonly exactIntegers?: boolean;
}

interface Runtime {
  readonly engine: OnnxEngine;
  readonly Tensor: TensorConstructor;
  readonly InferenceSession: { create(model: Uint8Array, options: object): Promise<InferenceSession> };
}

const runtimes = new Map<OnnxEngine, Promise<Runtime>>();
let missing: string | undefined;

/** Why the native runtime is not in use, or undefined where it is: one line for the user. */
export function onnxFallbackReason(): string | undefined {
  return missing;
}

/** Which runtime a session gets where none is asked for. */
export async function preferredOnnxEngine(): Promise<OnnxEngine> {
  return (await preferredRuntime()).engine;
}

/** The version of ONNX Runtime, for whoever keeps what it computed. */
export function onnxVersions(): Readonly<Record<string, string>> {
  return { onnxruntime: env.versions.common };
}

/**
 * Loads an ONNX graph.
 * @param model bytes of an .onnx file.
 * @throws InputError where threads is not a whole number from 1: one runtime would refuse it, the other ignore it.
 */
export async function onnxSession(model: Uint8Array, options: OnnxOptions = {}): Promise<OnnxSession> {
  if (options.threads !== undefined) requireInteger("threads", options.threads, 1);
  const runtime = await (options.engine === undefined ? preferredRuntime() : load(options.engine));
  const session = await runtime.InferenceSession.create(model, {
    executionProviders: [runtime.engine === "onnxruntime-node" ? "cpu" : "wasm"],
    // Warnings about graph clean-up would go to the user's terminal; errors still throw.
    logSeverityLevel: 3,
    ...(options.exactIntegers ? { extra: { session: { x64quantprecision: "1" } } } : {}),
    ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads, interOpNumThreads: 1 }),
  });
  return {
    engine: runtime.engine,
    inputs: session.inputMetadata.map(shapeOf),
    outputs: session.outputMetadata.map(shapeOf),
    async run(inputs) {
      const feeds: Record<string, Tensor> = {};
      for (const [name, { data, dims }] of Object.entries(inputs)) {
        feeds[name] =
          data instanceof Uint8Array
            ? new runtime.Tensor("uint8", data, dims)
            : new runtime.Tensor("float32", data, dims);
      }
      const results = await session.run(feeds);
      const outputs: Record<string, FloatTensor> = {};
      for (const [name, tensor] of Object.entries(results)) {
        outputs[name] = { dims: tensor.dims, data: tensor.data as Float32Array };
      }
      return outputs;
    },
  };
}

async function preferredRuntime(): Promise<Runtime> {
  try {
    return await load("onnxruntime-node");
  } catch (error) {
    // Missing or unloadable on this platform: slower, but the same graphs and numbers.
    missing = `onnxruntime-node does not load (${firstLine(error)}); using onnxruntime-web, several times slower`;
    return load("onnxruntime-web");
  }
}

function load(engine: OnnxEngine): Promise<Runtime> {
  const known = runtimes.get(engine);
  if (known !== undefined) return known;
  const loading = engine === "onnxruntime-node" ? loadNode() : loadWeb();
  runtimes.set(engine, loading);
  return loading;
}

async function loadNode(): Promise<Runtime> {
  const runtime = (await import("onnxruntime-node")).default;
  return { engine: "onnxruntime-node", ...pick(runtime) };
}

async function loadWeb(): Promise<Runtime> {
  const runtime = await import("onnxruntime-web");
  // One thread: its worker threads would keep the process alive after the last result.
  runtime.env.wasm.numThreads = 1;
  return { engine: "onnxruntime-web", ...pick(runtime) };
}

function pick(runtime: object): Pick<Runtime, "Tensor" | "InferenceSession"> {
  const { Tensor, InferenceSession } = runtime as Runtime;
  return { Tensor, InferenceSession };
}

function shapeOf(value: InferenceSession.ValueMetadata): TensorShape {
  if (!value.isTensor) return { name: value.name, type: "no tensor", dims: [] };
  return { name: value.name, type: value.type, dims: value.shape };
}
