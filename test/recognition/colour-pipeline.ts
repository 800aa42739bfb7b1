import type { Detection, FacePipeline, RgbImage } from "facelab";
import { fakePipeline } from "../support/fake-pipeline.js";

/** A pipeline without networks that knows people by their colour: (red, green, blue) / 255 of the middle of the face. */
export function colourPipeline(
  detect: (image: RgbImage) => Detection[],
  { name = "colour", sha256 = "ab".repeat(32) }: { readonly name?: string; readonly sha256?: string } = {},
): FacePipeline {
  const pipeline = fakePipeline(detect, ({ width, data }) => {
    const middle = 3 * ((width / 2) * width + width / 2);
    return Float32Array.from(data.subarray(middle, middle + 3), (value) => value / 255);
  });
  const card = { name, source: "", sha256, engine: "none", licence: "MIT", inputs: [], outputs: [] };
  return {
    ...pipeline,
    embedder: { ...pipeline.embedder, name, models: [card] },
    provenance: { ...pipeline.provenance, embedder: { name, params: {}, models: [card] } },
  };
}
