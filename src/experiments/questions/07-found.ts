import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  type Detection,
  type Detector,
  decodeImage,
  InputError,
  landmarkError,
  type RgbImage,
  resizeImage,
  turnImage,
} from "facelab";
import { judgePhoto } from "../compare-detectors/wider.js";
import { difficulties, type WiderPhoto, widerPhotos } from "../compare-detectors/wider-photos.js";
import { type DetectorMethod, detectorMethods } from "./07-methods.js";
import { hasLfwPhotos, lfwMaterial, lfwPhotos } from "./lfw-material.js";
import type { QuestionContext } from "./question.js";
import { type Cell, pushRow, type Records } from "./records.js";

/** Turned about the photo's centre, in degrees. */
export const ANGLES: readonly number[] = [0, 15, 30, 45, 60, 75, 90];
/** Every so manieth photo of WIDER FACE is timed. */
const TIMED = 5;
/** People of LFW, one photo each. */
const TURNED = 100;
/** Whose points the others' are compared with: nobody has marked any. */
const POINTS_OF = "MTCNN, published";
/** LFW's faces are centred, and 90 to 120 pixels wide: a box of another size is something else. */
const SIDES = [55, 200] as const;

/** How each detector did, or why it could not be asked. */
export interface DetectorOutcome {
  readonly name: string;
  readonly made?: string;
  readonly notRun?: string;
}

type Rows = Record<string, Cell[]>;

/** Each detector on WIDER FACE's photos, at its usual and at low thresholds, and on LFW's photos, turned further and further. */
export async function foundFaces({ data, random, say, onProgress }: QuestionContext): Promise<Records> {
  const folder = join(data, "widerface-val-200");
  if (!existsSync(folder) || !hasLfwPhotos(data)) {
    throw new InputError(
      `needs the photos of WIDER FACE and LFW: ${data} (widerface-val-200 and lfw in it; --data FOLDER)`,
    );
  }
  const photos = await widerPhotos(folder);
  const lfw = await lfwMaterial();
  const rows = random
    .shuffle(lfw.names.flatMap((_, row) => (lfw.numbers[row] === 1 ? [row] : [])))
    .slice(0, TURNED);
  const faces = await Promise.all(lfwPhotos(data, lfw, rows).map(async (path) => decodeImage(path)));
  const wider: Rows = { detector: [], setting: [], photo: [], score: [], outcomes: [] };
  const times: Rows = { detector: [], photo: [], milliseconds: [] };
  const turned: Rows = { detector: [], angle: [], row: [], found: [] };
  const points: Rows = { detector: [], row: [], error: [] };
  const outcomes: DetectorOutcome[] = [];
  say("  times");
  await inTurns(
    photos.filter((_, place) => place % TIMED === 0),
    times,
  );
  const upright = new Map<string, readonly (Detection | undefined)[]>();
  for (const method of detectorMethods) {
    say(`  ${method.name}`);
    try {
      const { models } = await onWider(method, photos, wider, onProgress);
      upright.set(method.name, await onTurned(method, faces, rows, turned));
      outcomes.push({
        name: method.name,
        made: models.map(({ name, sha256 }) => `${name} ${sha256.slice(0, 12)}`).join(", "),
      });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      outcomes.push({ name: method.name, notRun: error.message });
      say(`    not run: ${error.message}`);
    }
  }
  const truth = upright.get(POINTS_OF) ?? [];
  for (const [name, own] of upright) {
    for (const [i, face] of own.entries()) {
      const reference = truth[i];
      if (name === POINTS_OF || face === undefined || reference === undefined) continue;
      pushRow(points, {
        detector: name,
        row: rows[i]!,
        error: Number(landmarkError(face.landmarks, reference.landmarks).toFixed(5)),
      });
    }
  }
  return {
    about: { detectors: outcomes, pointsOf: POINTS_OF, turned: TURNED },
    tables: {
      photos: {
        name: photos.map(({ name }) => name),
        ...Object.fromEntries(
          difficulties.map((one) => [one, photos.map(({ counted }) => counted[one].length)]),
        ),
      },
      wider,
      times,
      turned,
      points,
    },
  };
}

async function onWider(
  { name, usual, curve }: DetectorMethod,
  photos: readonly WiderPhoto[],
  wider: Rows,
  onProgress: (done: number, total: number) => void,
): Promise<Detector> {
  const settings = { usual: await usual(), curve: await curve() };
  for (const [place, photo] of photos.entries()) {
    const image = await resizeImage(await decodeImage(photo.path), photo.width, photo.height);
    for (const [setting, detector] of Object.entries(settings)) {
      for (const [score, outcome] of judgePhoto(photo, await detector.detect(image))) {
        pushRow(wider, {
          detector: name,
          setting,
          photo: place,
          score: Number(score.toFixed(4)),
          outcomes: outcome,
        });
      }
    }
    onProgress(place + 1, photos.length);
  }
  return settings.usual;
}

/**
 * Milliseconds of every detector at its usual setting, photo by photo in turns, so that whatever slows the machine down slows all of
 * them. One that cannot be had, or fails, has no times; why is said where its row is measured.
 */
async function inTurns(photos: readonly WiderPhoto[], times: Rows): Promise<void> {
  const detectors = new Map<string, Detector>();
  for (const { name, usual } of detectorMethods) {
    await unlessFailed(async () => detectors.set(name, await usual()));
  }
  for (const [i, photo] of photos.entries()) {
    const image = await resizeImage(await decodeImage(photo.path), photo.width, photo.height);
    for (const [name, detector] of detectors) {
      const timed = await unlessFailed(async () => {
        // The first photo of each is slower, since kernels and memory are made ready.
        if (i === 0) await detector.detect(image);
        const started = performance.now();
        await detector.detect(image);
        return Number((performance.now() - started).toFixed(1));
      });
      if (timed === undefined) detectors.delete(name);
      else pushRow(times, { detector: name, photo: photo.name, milliseconds: timed });
    }
  }
}

async function unlessFailed<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return undefined;
  }
}

/** @returns the face of each photo that was found upright. */
async function onTurned(
  { name, usual }: DetectorMethod,
  faces: readonly RgbImage[],
  rows: readonly number[],
  turned: Rows,
): Promise<(Detection | undefined)[]> {
  const detector = await usual();
  const upright: (Detection | undefined)[] = [];
  for (const angle of ANGLES) {
    for (const [i, face] of faces.entries()) {
      const found = (await detector.detect(turnImage(face, angle))).find((one) => isTheFace(one, face));
      pushRow(turned, { detector: name, angle, row: rows[i]!, found: found !== undefined });
      if (angle === 0) upright.push(found);
    }
  }
  return upright;
}

/** Whether a box is about the photo's centre, where LFW's face is, and of a face's size. */
export function isTheFace(
  { box }: Pick<Detection, "box">,
  { width, height }: Pick<RgbImage, "width" | "height">,
): boolean {
  const side = Math.sqrt(box.width * box.height);
  const inside = (start: number, length: number, whole: number): boolean =>
    start < whole / 2 && whole / 2 < start + length;
  return (
    side >= SIDES[0] &&
    side <= SIDES[1] &&
    inside(box.x, box.width, width) &&
    inside(box.y, box.height, height)
  );
}
