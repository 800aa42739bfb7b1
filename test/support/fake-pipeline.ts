import {
  type Detection,
  dlibAligner,
  type Embedding,
  type FacePipeline,
  type Landmarks5,
  type RgbImage,
} from "facelab";

/** A face so wide, upright, with the eyes, the nose and the mouth about where they are. */
export function faceAt(x: number, y: number, width: number): Detection {
  const at = (right: number, down: number) => ({ x: x + right * width, y: y + down * width });
  const landmarks: Landmarks5 = [at(0.3, 0.35), at(0.7, 0.35), at(0.5, 0.55), at(0.35, 0.8), at(0.65, 0.8)];
  return { box: { x, y, width, height: 1.2 * width }, score: 0.9, landmarks };
}

/** The mean colour, in 0..1: enough of an embedding where people are colours. */
export function meanColour({ data }: RgbImage): Embedding {
  const sums = [0, 0, 0];
  for (const [i, value] of data.entries()) sums[i % 3]! += value;
  return Float32Array.from(sums, (sum) => sum / 255 / (data.length / 3));
}

/** A pipeline without networks, which counts the photos that it has looked at. */
export function fakePipeline(
  detect: (image: RgbImage) => Detection[],
  embed: (chip: RgbImage) => Embedding = meanColour,
): FacePipeline & { readonly looks: () => number } {
  const aligner = dlibAligner();
  let looks = 0;
  const step = (name: string) => ({ name, params: {}, models: [] });
  return {
    looks: () => looks,
    detector: {
      ...step("fake detector"),
      detect: async (image) => {
        looks++;
        return detect(image);
      },
    },
    face: "centre",
    embedder: {
      ...step("fake embedder"),
      dimensions: 3,
      aligner,
      embed: async (chips) => chips.map(embed),
    },
    provenance: {
      detector: step("fake detector"),
      face: "centre",
      aligner: { name: aligner.name, params: aligner.params, models: [] },
      embedder: step("fake embedder"),
    },
    notices: ["a fake"],
  };
}
