import { type OnnxEngine, onnxFallbackReason, preferredOnnxEngine } from "./onnx-session.js";
import { loadTfjs } from "./tfjs-backend.js";
import type { TfjsEngine } from "./tfjs-engine.js";

/** One of the things that can compute, and whether it does. */
export interface EngineStatus {
  readonly engine: OnnxEngine | TfjsEngine;
  readonly inUse: boolean;
  /** Why it is in use, or why not. */
  readonly reason: string;
}

/** The engines of both runtimes, the fastest first; exactly one of each is in use. */
export interface EngineStatuses {
  readonly onnx: readonly EngineStatus[];
  readonly tfjs: readonly EngineStatus[];
}

/** Loads both runtimes, and tells which of their engines are in use here and why. */
export async function engineStatuses(): Promise<EngineStatuses> {
  return { onnx: await onnxStatuses(), tfjs: await tfjsStatuses() };
}

async function onnxStatuses(): Promise<EngineStatus[]> {
  const native = (await preferredOnnxEngine()) === "onnxruntime-node";
  return [
    { engine: "onnxruntime-node", inUse: native, reason: onnxFallbackReason() ?? "it loads" },
    {
      engine: "onnxruntime-web",
      inUse: !native,
      reason: native ? "onnxruntime-node is faster" : "onnxruntime-node does not load",
    },
  ];
}

async function tfjsStatuses(): Promise<EngineStatus[]> {
  const { engine, nativeReason } = await loadTfjs();
  const wasmReason: Record<TfjsEngine, string> = {
    "tfjs-node": "tfjs-node is faster",
    "tfjs-wasm": "the fastest without tfjs-node",
    "tfjs-cpu": "WebAssembly does not start",
  };
  const cpuReason = engine === "tfjs-cpu" ? "neither of the others starts" : `${engine} is faster`;
  return [
    { engine: "tfjs-node", inUse: engine === "tfjs-node", reason: nativeReason },
    { engine: "tfjs-wasm", inUse: engine === "tfjs-wasm", reason: wasmReason[engine] },
    { engine: "tfjs-cpu", inUse: engine === "tfjs-cpu", reason: cpuReason },
  ];
}
