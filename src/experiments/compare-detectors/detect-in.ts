import { type Detection, type Detector, type DiskCache, findFaces, InputError, resizeImage } from "facelab";

/** All faces that a detector finds in a photo. @throws InputError where it cannot be read: the sets are complete or not compared. */
export async function detectIn(
  path: string,
  detector: Detector,
  cache?: DiskCache,
): Promise<readonly Detection[]> {
  const found = await findFaces(path, detector, "all", cache);
  if (found.kind === "faces") return found.faces;
  if (found.reason === "no face found") return [];
  throw new InputError(`cannot compare detectors on ${path} (${found.detail})`);
}

/** A detector that sees each photo stretched to a size; boxes and landmarks are in pixels of that size. */
export function stretchedDetector(detector: Detector, width: number, height: number): Detector {
  return {
    name: detector.name,
    params: { ...detector.params, stretchedTo: [width, height] },
    models: detector.models,
    detect: async (photo) => detector.detect(await resizeImage(photo, width, height)),
  };
}
