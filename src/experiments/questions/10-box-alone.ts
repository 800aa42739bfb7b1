import { chooseFaces, type Detector, decodeImage, type Landmarks5, type Point } from "facelab";
import { meanLandmarks } from "../mean-landmarks.js";
import { type LfwMaterial, lfwPhotos } from "./lfw-material.js";
import type { QuestionContext } from "./question.js";

/** Photos that the mean face is measured in. */
const MEASURED = 500;

/** Where the five points lie on average, in parts of a detector's box, over photos that are in no pair of View 2. */
export async function meanFaceInBox(
  detector: Detector,
  lfw: LfwMaterial,
  { data, random }: QuestionContext,
): Promise<Landmarks5> {
  const inPairs = new Set(lfw.folds.flat().flatMap(({ a, b }) => [a, b]));
  const others = [...lfw.names.keys()].filter((row) => !inPairs.has(row));
  const rows = random.fork("mean face").shuffle(others).slice(0, MEASURED);
  const places: Landmarks5[] = [];
  for (const path of lfwPhotos(data, lfw, rows)) {
    const image = await decodeImage(path);
    const [face] = chooseFaces(await detector.detect(image), image, "centre");
    if (face === undefined) continue;
    const { box, landmarks } = face;
    const inBox = landmarks.map(({ x, y }) => ({
      x: (x - box.x) / box.width,
      y: (y - box.y) / box.height,
    }));
    places.push(inBox as unknown as Landmarks5);
  }
  return meanLandmarks(places);
}

/**
 * A detector that knows boxes only: the points of its faces are where a mean face's are, so that every box is cut out in the same way,
 * at the size that alignment by points has on average.
 * @param face in parts of the box.
 */
export function boxAlone(detector: Detector, face: Landmarks5): Detector {
  return {
    ...detector,
    name: `${detector.name}, box alone`,
    params: { ...detector.params, face: face.flatMap(({ x, y }) => [x, y]) },
    detect: async (image) =>
      (await detector.detect(image)).map((found) => {
        const { x, y, width, height } = found.box;
        const points = face.map((point): Point => ({ x: x + point.x * width, y: y + point.y * height }));
        return { ...found, landmarks: points as unknown as Landmarks5 };
      }),
  };
}
