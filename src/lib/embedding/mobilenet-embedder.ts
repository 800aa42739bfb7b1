import { loadFaceApi } from "../inference/face-api.js";
import type { Aligner, Embedder } from "../types.js";
import { shrunkChip } from "./shrunk-chip.js";

export interface MobilenetEmbedderOptions {
  /** Cuts the chips; of the face, or of the whole photo. */
  readonly aligner: Aligner;
}

/** Width and height of what it looks at, in pixels: MobileNet's usual. */
const SIZE = 224;

/**
 * Features of MobileNet v1 as they are: the backbone of face-api's SSD detector, the mean of its last layer over the picture; 1,024
 * numbers >= 0, not normalised. It has learnt to find faces, not to tell them apart; what "transfer learning" with a frozen
 * network starts from.
 * @throws InputError from `embed`, where a chip is not as large as the aligner's.
 */
export async function mobilenetEmbedder({ aligner }: MobilenetEmbedderOptions): Promise<Embedder> {
  const { card, imageFeatures } = await loadFaceApi();
  return {
    name: "mobilenet",
    dimensions: 1024,
    aligner,
    params: { size: SIZE },
    models: [await card("ssd")],
    embed: async (chips) => imageFeatures(chips.map((chip) => shrunkChip(chip, aligner.size, SIZE))),
  };
}
