import { basename } from "node:path";
import { cropSquare } from "../images/crop-square.js";
import { decodeImage } from "../images/decode-image.js";
import { samplePhotoPaths } from "../inference/face-api.js";
import type { Detection, Embedding, Landmarks5, Point, RgbImage } from "../types.js";
import { euclideanDistance } from "./euclidean-distance.js";
import { CROP_SIZE } from "./extract-faces.js";
import type { FacePipeline } from "./pipeline-types.js";

/** Width and height of a region in pixels: the face's square and as much again around it, at the scale of a crop. */
export const REGION_SIZE = 2 * CROP_SIZE;

/** A face of the sample photos that is this much narrower than the widest one beside it is a mistake of the detector. */
const NARROW = 0.5;

/**
 * Embeddings of two photos at this distance or nearer may be of one person: the threshold that dlib publishes for this
 * network.
 */
const SAME_PERSON = 0.6;

/** A face and what is around it. */
export interface SampleRegion {
  /** File name of the photo. */
  readonly photo: string;
  /** The detector's box as a square is the middle half of it. */
  readonly image: RgbImage;
  /** In pixels of the region. */
  readonly landmarks: Landmarks5;
}

/** The faces of the sample photos, and how many were found that are not used. */
export interface SampleRegions {
  readonly regions: readonly SampleRegion[];
  readonly leftOut: { readonly tooSmall: number; readonly perhapsTheSamePerson: number };
}

/**
 * Finds the faces of the sample photos that ship inside of face-api, each of them once: photos by name, faces from left to
 * right. At least one woman is in two of the photos (the first and the third), and of others the eye cannot say.
 * So a face that is as near as {@link SAME_PERSON} to one of an earlier photo is left out: two names for one person would
 * be worse than a person less. Faces of one photo are of different people.
 * @param onProgress called after each photo.
 * @throws InputError where the photos are missing.
 */
export async function sampleRegions(
  { detector, embedder }: Pick<FacePipeline, "detector" | "embedder">,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<SampleRegions> {
  const paths = samplePhotoPaths();
  const kept: { region: SampleRegion; embedding: Embedding }[] = [];
  const leftOut = { tooSmall: 0, perhapsTheSamePerson: 0 };
  for (const [index, path] of paths.entries()) {
    const image = await decodeImage(path);
    const found = await detector.detect(image);
    const faces = [...found].sort((a, b) => a.box.x - b.box.x);
    const widest = Math.max(...faces.map(({ box }) => box.width));
    const wide = faces.filter(({ box }) => box.width >= NARROW * widest);
    leftOut.tooSmall += faces.length - wide.length;
    const embeddings = await embedder.embed(
      wide.map(({ landmarks }) => embedder.aligner.align(image, landmarks)),
    );
    const earlier = [...kept];
    for (const [i, face] of wide.entries()) {
      const embedding = embeddings[i] as Embedding;
      if (earlier.some((other) => euclideanDistance(other.embedding, embedding) <= SAME_PERSON))
        leftOut.perhapsTheSamePerson++;
      else kept.push({ region: cutRegion(image, face, basename(path)), embedding });
    }
    onProgress(index + 1, paths.length);
  }
  return { regions: kept.map(({ region }) => region), leftOut };
}

function cutRegion(photo: RgbImage, { box, landmarks }: Detection, name: string): SampleRegion {
  const side = 2 * Math.max(box.width, box.height);
  const around = {
    x: box.x + (box.width - side) / 2,
    y: box.y + (box.height - side) / 2,
    width: side,
    height: side,
  };
  const { image, toPhoto } = cropSquare(photo, around, REGION_SIZE);
  const inRegion = ({ x, y }: Point): Point => ({
    x: (x - toPhoto.dx) / toPhoto.a,
    y: (y - toPhoto.dy) / toPhoto.a,
  });
  return { photo: name, image, landmarks: landmarks.map(inRegion) as unknown as Landmarks5 };
}
