import {
  chooseFaces,
  decodeImage,
  type Embedding,
  type FacePipeline,
  type Landmarks5,
  type RgbImage,
} from "facelab";

/** The face of a varied photo. */
export interface VariedFace {
  readonly embedding: Embedding;
  readonly landmarks: Landmarks5;
}

/** Makes another picture of a photo. @param place in the list of photos. */
export type VaryPhoto = (image: RgbImage, place: number) => RgbImage | Promise<RgbImage>;

/**
 * Varies each photo before a face is looked for, so that what a variation does to the detector counts too. One photo after another.
 * @returns for each photo its face, or undefined where none was found.
 * @throws InputError where a photo cannot be read.
 */
export async function embedVaried(
  paths: readonly string[],
  vary: VaryPhoto,
  { detector, face, embedder }: Pick<FacePipeline, "detector" | "face" | "embedder">,
  onPhoto: (done: number, total: number) => void,
): Promise<(VariedFace | undefined)[]> {
  const faces: (VariedFace | undefined)[] = [];
  for (const [place, path] of paths.entries()) {
    const image = await vary(await decodeImage(path), place);
    const [chosen] = chooseFaces(await detector.detect(image), image, face);
    if (chosen === undefined) {
      faces.push(undefined);
    } else {
      const { landmarks } = chosen;
      const [embedding] = await embedder.embed([embedder.aligner.align(image, landmarks)]);
      faces.push({ embedding: embedding as Embedding, landmarks });
    }
    onPhoto(place + 1, paths.length);
  }
  return faces;
}
