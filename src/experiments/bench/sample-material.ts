import {
  type Detection,
  type Detector,
  decodeImage,
  type RgbImage,
  samplePhotoPaths,
  warpImage,
} from "facelab";

/** A photo and what is in it. */
export interface Material {
  readonly photo: RgbImage;
  readonly faces: readonly Detection[];
}

/** The six sample photos that ship inside of face-api, so wide, and decoded: no measurement includes decoding. */
export async function samplePhotos(width: number): Promise<RgbImage[]> {
  const photos = await Promise.all(samplePhotoPaths().map((path) => decodeImage(path)));
  return photos.map((photo) => resized(photo, width));
}

/** Photos with the faces that a detector finds in them. */
export async function withFaces(photos: readonly RgbImage[], detector: Detector): Promise<Material[]> {
  const found: Material[] = [];
  for (const photo of photos) found.push({ photo, faces: await detector.detect(photo) });
  return found;
}

function resized(photo: RgbImage, width: number): RgbImage {
  if (photo.width === width) return photo;
  const scale = photo.width / width;
  const middle = (scale - 1) / 2;
  return warpImage(
    photo,
    { a: scale, b: 0, dx: middle, dy: middle },
    width,
    Math.round(photo.height / scale),
  );
}
