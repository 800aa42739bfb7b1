import { dlibAligner, type RgbImage } from "facelab";
import { facenetReference } from "./facenet-reference.js";
import { sampleNames, samplePhoto } from "./sample-photos.js";

/** dlib's chips of the faces in the sample photos: the landmarks are facenet-pytorch's, so no detector is needed. */
export async function sampleChips(names: readonly string[] = sampleNames): Promise<RgbImage[]> {
  const reference = await facenetReference();
  const aligner = dlibAligner();
  const chips: RgbImage[] = [];
  for (const name of names) {
    const photo = await samplePhoto(name);
    chips.push(...reference[name]!.map(({ landmarks }) => aligner.align(photo, landmarks)));
  }
  return chips;
}
