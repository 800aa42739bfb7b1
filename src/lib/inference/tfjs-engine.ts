// Apart from tfjs-backend.ts, so that no .d.ts of ours asks for tensorflow.js' types.

/** What computes: the native addon, WebAssembly where that is missing, plain JavaScript (slow) where neither starts. */
export type TfjsEngine = "tfjs-node" | "tfjs-wasm" | "tfjs-cpu";
