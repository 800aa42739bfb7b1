import { createEmbedder, dlibAligner, type Embedder, type EmbedderOptions } from "facelab";
import { type Comparison, type Measured, measure } from "./measure.js";
import type { Material } from "./sample-material.js";

/** Aligning and embedding faces, without the mirror image: every engine, both precisions, one and two threads, one face at a time and all at once. */
export async function embedding(
  material: readonly Material[],
  peers: readonly Measured[],
): Promise<Comparison> {
  const faces = material.reduce((sum, one) => sum + one.faces.length, 0);
  const one = async (name: string, options: EmbedderOptions, batch: "1" | "16" = "1"): Promise<Measured> => {
    const embedder = await createEmbedder(dlibAligner(), { mirror: false, ...options });
    const label = `${name}, batch ${batch}`;
    return measure(label, faces, () => embedAll(embedder, material, batch === "1" ? 1 : 16));
  };
  const int8: EmbedderOptions = { engine: "onnxruntime-node", precision: "int8" };
  const rows = [
    await one("facelab: onnxruntime-node, 1 thread", { engine: "onnxruntime-node", threads: 1 }),
    await one("facelab: onnxruntime-node, 1 thread", { engine: "onnxruntime-node", threads: 1 }, "16"),
    await one("facelab: onnxruntime-node, int8, 1 thread", { ...int8, threads: 1 }),
    await one("facelab: onnxruntime-node, int8, 1 thread", { ...int8, threads: 1 }, "16"),
    await one("facelab: onnxruntime-node, 2 threads", { engine: "onnxruntime-node", threads: 2 }),
    await one("facelab: onnxruntime-node, 2 threads", { engine: "onnxruntime-node", threads: 2 }, "16"),
    await one("facelab: onnxruntime-web, 1 thread", { engine: "onnxruntime-web" }),
    await one("facelab: onnxruntime-web, int8, 1 thread", { ...int8, engine: "onnxruntime-web" }),
    await one("face-api on tensorflow.js", { engine: "face-api" }),
    ...peers,
  ];
  return {
    title: "dlib's network",
    unit: "ms a face",
    rows,
    notes: [`${faces} faces of the six sample photos; aligning included, finding them not`],
  };
}

async function embedAll(embedder: Embedder, material: readonly Material[], batch: number): Promise<void> {
  const chips = material.flatMap(({ photo, faces }) =>
    faces.map(({ landmarks }) => embedder.aligner.align(photo, landmarks)),
  );
  for (let start = 0; start < chips.length; start += batch) {
    await embedder.embed(chips.slice(start, start + batch));
  }
}
