import { stat } from "node:fs/promises";
import {
  cropSquare,
  type Evaluation,
  encodePng,
  type FacePipeline,
  findFaces,
  mistakes,
  type NpyArray,
  type ReportFaces,
  type RgbImage,
  readNpz,
} from "facelab";

const MOST_PHOTOS = 60;
/** Width and height of a picture in pixels: sharp on a screen with two pixels for each of the page's. */
const SIZE = 96;

/**
 * Pictures of the faces that classifiers got wrong, for the report: found again in the photos of a folder, or taken from a
 * faces file of `extract`. The most probable mistakes of all classifiers first; where there is no picture, a note says why.
 * @param path the dataset.
 * @param pipeline which found the faces; undefined where the dataset was embedded before.
 */
export async function mistakenFaces(
  path: string,
  evaluation: Evaluation,
  pipeline: FacePipeline | undefined,
): Promise<ReportFaces> {
  const paths = mistakenPaths(evaluation);
  const shown = paths.slice(0, MOST_PHOTOS);
  if (shown.length === 0) return { pictures: new Map(), notes: [] };
  const cut = await cropper(path, shown, pipeline);
  if (cut === undefined) {
    const why = "no pictures: the dataset holds embeddings, not the photos that they were made of";
    return { pictures: new Map(), notes: [why] };
  }
  const pictures = new Map<string, string>();
  for (const photo of shown) {
    const crop = await cut(photo);
    if (crop === undefined) continue;
    const png = Buffer.from(await encodePng(crop)).toString("base64");
    pictures.set(photo, `data:image/png;base64,${png}`);
  }
  const notes: string[] = [];
  if (paths.length > shown.length) {
    notes.push(
      `pictures of ${shown.length} photos, the most probable mistakes; ${paths.length - shown.length} photos without`,
    );
  }
  const missing = shown.length - pictures.size;
  if (missing > 0) notes.push(`no picture of ${missing} photos: the face was not found again`);
  if (pipeline?.face === "all") notes.push("of a photo with several faces the picture is of the first one");
  return { pictures, notes };
}

/** Photos that some classifier got wrong, the one of the surest mistake first. */
function mistakenPaths(evaluation: Evaluation): string[] {
  const all = evaluation.classifiers.flatMap(({ name }) => mistakes(evaluation, name));
  return [...new Set(all.toSorted((a, b) => b.probability - a.probability).map(({ path }) => path))];
}

type Cropper = (photo: string) => Promise<RgbImage | undefined>;

async function cropper(
  path: string,
  photos: readonly string[],
  pipeline: FacePipeline | undefined,
): Promise<Cropper | undefined> {
  if (pipeline === undefined) return undefined;
  if ((await stat(path)).isDirectory()) {
    return async (photo) => {
      const found = await findFaces(photo, pipeline.detector, pipeline.face, undefined, pipeline.limits);
      const face = found.kind === "faces" ? found.faces[0] : undefined;
      return found.kind === "faces" && face !== undefined
        ? cropSquare(found.image, face.box, SIZE).image
        : undefined;
    };
  }
  // Only a faces file of extract is embedded besides photos.
  const crops = storedCrops(await readNpz(path), new Set(photos));
  return async (photo) => {
    const crop = crops.get(photo);
    return crop === undefined ? undefined : cropSquare(crop, { x: 0, y: 0, ...sizeOf(crop) }, SIZE).image;
  };
}

function sizeOf({ width, height }: RgbImage): { width: number; height: number } {
  return { width, height };
}

/** The crops of some photos in a faces file. */
function storedCrops(
  arrays: Readonly<Record<string, NpyArray>>,
  wanted: ReadonlySet<string>,
): Map<string, RgbImage> {
  const crops = new Map<string, RgbImage>();
  for (const part of ["train", "test"]) {
    const images = arrays[`${part}X`] as NpyArray;
    const [, height = 0, width = 0] = images.shape;
    const length = width * height * 3;
    for (const [row, path] of ((arrays[`${part}Paths`] as NpyArray).data as readonly string[]).entries()) {
      if (!wanted.has(path) || crops.has(path)) continue;
      const data = (images.data as Uint8Array).subarray(row * length, (row + 1) * length);
      crops.set(path, { width, height, data });
    }
  }
  return crops;
}
