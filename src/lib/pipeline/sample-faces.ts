import { InputError, requireInteger } from "../errors.js";
import { cropSquare } from "../images/crop-square.js";
import { type Variation, varyImage } from "../images/vary-image.js";
import type { Aligner, Landmarks5, Point, Random } from "../types.js";
import { type EmbeddedFace, embedFaces } from "./embed-faces.js";
import type { EmbeddedSet } from "./embedded-set.js";
import { CROP_SIZE } from "./extract-faces.js";
import type { FacePipeline } from "./pipeline-types.js";
import { REGION_SIZE, type SampleRegion, type SampleRegions, sampleRegions } from "./sample-regions.js";

const each = (kind: Variation["kind"], ...strengths: number[]): Variation[] =>
  strengths.map((strength) => ({ kind, strength }));

/** Their strengths are lengths: given in parts of the face's square, while the region that is varied is wider. */
const lengths: readonly Variation["kind"][] = ["shift", "blur", "bar"];

/** What a person is learned from by default: the photo, a detector's small mistakes, other light, the mirror image. */
export const sampleTrainVariations: readonly Variation[] = [
  ...each("plain", 0),
  ...each("mirror", 0),
  ...each("shift", 0.03, 0.06),
  ...each("rotate", 4, 8),
  ...each("scale", 0.93, 1.07),
  ...each("brightness", 0.7, 1.3),
];

/** What is tested on by default, from easy to hard: kinds that nobody learned from. */
export const sampleTestVariations: readonly Variation[] = [
  ...each("blur", 0.01, 0.025, 0.04),
  ...each("noise", 20, 45, 80),
  ...each("jpeg", 20, 8, 3),
  ...each("low-resolution", 0.4, 0.24, 0.16),
  ...each("bar", 0.15, 0.25, 0.35),
  ...each("contrast", 0.5, 0.25, 2.5),
];

/** A variation of a face of the sample photos. */
export type SampleFace = EmbeddedFace & {
  readonly part: "train" | "test";
  /** As for `varyImage`, but lengths (`shift`, `blur`, `bar`) are in parts of the face's square. */
  readonly variation: Variation;
};

/** A divided dataset of the sample photos' faces, ready for `evaluate` and for whatever draws faces. */
export interface SampleFaceSet extends EmbeddedSet {
  readonly photos: readonly SampleFace[];
  /** Faces found and not used. */
  readonly leftOut: SampleRegions["leftOut"];
}

export interface SampleFacesOptions {
  readonly pipeline: Pick<FacePipeline, "detector" | "embedder" | "provenance">;
  /** Drives directions, places and noise; each face and variation has a stream of its own. */
  readonly random: Random;
  /** @default sampleTrainVariations */
  readonly trainVariations?: readonly Variation[];
  /** Of other kinds than those learned from. @default sampleTestVariations */
  readonly testVariations?: readonly Variation[];
  /** Draw so many of the test faces, and make and embed no others; in the order drawn, after the training faces. @default all */
  readonly testFaces?: number;
  /** Called with the number of steps done: photos looked at first, then faces embedded. */
  readonly onProgress?: (done: number, total: number, step: "photos" | "faces") => void;
}

/**
 * A dataset for trying things without photos of one's own: the faces of the sample photos that ship inside of face-api,
 * named face-01, face-02 ... (photos by name, faces from left to right), varied.
 *
 * Train: plain; mirror; shift by 3 and 6 % of the face's square; rotate by 4 and 8 degrees; scale by 0.93 and 1.07;
 * brightness times 0.7 and 1.3. Test: blur of 1, 2.5 and 4 %; noise of 20, 45 and 80; JPEG quality 20, 8 and 3;
 * low-resolution of 64, 38 and 26 pixels; a bar over 15, 25 and 35 %; contrast times 0.5, 0.25 and 2.5.
 *
 * Each face is found once, in its photo. The square region around it is varied and the landmarks stay where they are (those of
 * the mirror image are mirrored): a shifted or turned face reaches the embedder as from a detector that was mistaken by as much.
 * Of one photo of a person nothing can be learned about accuracy: the test says how much of a change
 * the embedding bears. How the same person in two photos is handled: see `leftOut` and {@link sampleRegions}.
 * @throws InputError where a kind is in both lists, a strength is out of its range, or the photos are missing.
 */
export async function sampleFaces({
  pipeline,
  random,
  trainVariations = sampleTrainVariations,
  testVariations = sampleTestVariations,
  testFaces,
  onProgress = () => {},
}: SampleFacesOptions): Promise<SampleFaceSet> {
  const both = testVariations.find(({ kind }) => trainVariations.some((other) => other.kind === kind));
  if (both !== undefined) {
    throw new InputError(`variation in train and test: ${both.kind} (test on kinds that are not trained on)`);
  }
  if (testFaces !== undefined) requireInteger("testFaces", testFaces, 1);
  const { regions, leftOut } = await sampleRegions(pipeline, (done, total) =>
    onProgress(done, total, "photos"),
  );
  const { embedder } = pipeline;
  const people = regions.map((region, i) => ({ region, label: `face-${String(i + 1).padStart(2, "0")}` }));
  const plan = (part: "train" | "test", variations: readonly Variation[]) =>
    people.flatMap((person) => variations.map((variation) => ({ ...person, part, variation })));
  const test = plan("test", testVariations);
  const drawn = testFaces === undefined ? test : random.fork("test faces").shuffle(test).slice(0, testFaces);
  const faces: Omit<SampleFace, "embedding">[] = [];
  for (const { region, label, part, variation } of [...plan("train", trainVariations), ...drawn]) {
    const stream = random.fork(label).fork(`${variation.kind} ${variation.strength}`);
    const varied = await varyRegion(region, variation, embedder.aligner, stream);
    const path = `${region.photo}, ${label}, ${describeVariation(variation)}`;
    faces.push({ kind: "face", path, label, part, variation, ...varied });
  }
  const photos = await embedFaces(faces, { embedder }, (done) => onProgress(done, faces.length, "faces"));
  return { name: "sample faces", photos, provenance: pipeline.provenance, leftOut };
}

async function varyRegion(
  { image, landmarks }: SampleRegion,
  variation: Variation,
  aligner: Aligner,
  random: Random,
): Promise<Pick<SampleFace, "crop" | "chip" | "landmarks">> {
  const part = lengths.includes(variation.kind) ? CROP_SIZE / REGION_SIZE : 1;
  const varied = await varyImage(image, { ...variation, strength: part * variation.strength }, random);
  const points = variation.kind === "mirror" ? mirrorLandmarks(landmarks, image.width) : landmarks;
  const margin = (REGION_SIZE - CROP_SIZE) / 2;
  const middle = { x: margin, y: margin, width: CROP_SIZE, height: CROP_SIZE };
  const inCrop = ({ x, y }: Point): Point => ({ x: x - margin, y: y - margin });
  return {
    crop: cropSquare(varied, middle, CROP_SIZE).image,
    chip: aligner.align(varied, points),
    landmarks: points.map(inCrop) as unknown as Landmarks5,
  };
}

/** Left and right exchange their names too. */
function mirrorLandmarks(landmarks: Landmarks5, width: number): Landmarks5 {
  const flip = ({ x, y }: Point): Point => ({ x: width - 1 - x, y });
  const [leftEye, rightEye, nose, leftMouth, rightMouth] = landmarks;
  return [flip(rightEye), flip(leftEye), flip(nose), flip(rightMouth), flip(leftMouth)];
}

function describeVariation({ kind, strength }: Variation): string {
  return strength === 0 ? kind : `${kind} ${strength}`;
}
