import { type Detector, type DiskCache, landmarkError, matchBoxes, paddedDetector } from "facelab";
import { SAME_FACE, SURE } from "./boxes.js";
import { detectIn } from "./detect-in.js";
import type { PhotoSet, PhotoSetName } from "./photo-sets.js";
import type { Section } from "./sections.js";
import { type Both, detectorsOf, forBoth, type SideOptions, weightsUsed } from "./sides.js";

/** A sure face of the reference that ours found as well. */
export interface LandmarkRecord {
  readonly set: PhotoSetName;
  readonly photo: string;
  /** Position of the face among those that the reference found, best score first, from 0. */
  readonly face: number;
  /** Mean distance of the five points, in eye distances of the reference. */
  readonly error: number;
}

/** How far apart the landmarks of both weights are on the faces that both found, min face 20. @param padding of sets whose faces touch the border; 0 for none. */
export async function landmarksSection(
  sets: readonly PhotoSet[],
  options: Both<SideOptions>,
  padding: number,
  cache: DiskCache | undefined,
  onPhoto: () => void,
): Promise<Section<LandmarkRecord>> {
  const detectors = await detectorsOf(options, { minFaceSize: 20 });
  const records: LandmarkRecord[] = [];
  for (const { name: set, photos, tight } of sets) {
    const seen = (detector: Detector): Detector =>
      tight && padding > 0 ? paddedDetector(detector, padding) : detector;
    for (const { name: photo, path } of photos) {
      const { ours, reference } = await forBoth((side) => detectIn(path, seen(detectors[side]), cache));
      const sure = reference.filter(({ score }) => score >= SURE);
      const boxes = [ours, sure].map((found) => found.map(({ box }) => box)) as [[], []];
      const pairs = matchBoxes(...boxes, SAME_FACE).sort((a, b) => a.second - b.second);
      for (const { first, second } of pairs) {
        const error = landmarkError(ours[first]!.landmarks, sure[second]!.landmarks);
        records.push({ set, photo, face: second, error: Number(error.toFixed(6)) });
      }
      onPhoto();
    }
  }
  const settings = { sets: sets.map(({ name }) => name).join(","), minFace: 20, sure: SURE, padding };
  return { about: { weights: weightsUsed(detectors), settings }, records };
}
