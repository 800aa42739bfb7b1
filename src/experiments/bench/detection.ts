import { findMtcnnWeights, mtcnn, type RgbImage, ssdDetector } from "facelab";
import { type Comparison, type Measured, measure } from "./measure.js";

/** Finding faces of at least 20 pixels in photos of one width. */
export async function detection(
  photos: readonly RgbImage[],
  width: number,
  peers: readonly Measured[],
): Promise<Comparison> {
  const rows: Measured[] = [];
  const notes: string[] = [`six sample photos, ${width} pixels wide; resizing included, decoding not`];
  const each = (name: string, detect: (photo: RgbImage) => Promise<unknown>): Promise<Measured> =>
    measure(name, photos.length, async () => {
      for (const photo of photos) await detect(photo);
    });
  if (findMtcnnWeights() === undefined) notes.push("MTCNN is not measured: its weights are not found");
  else {
    for (const threads of [1, 2]) {
      const detector = await mtcnn({ minFaceSize: 20, threads });
      rows.push(
        await each(`facelab: MTCNN, ${threads} ${threads === 1 ? "thread" : "threads"}`, (photo) =>
          detector.detect(photo),
        ),
      );
    }
  }
  const ssd = await ssdDetector();
  rows.push(await each("face-api: SSD on tensorflow.js", (photo) => ssd.detect(photo)));
  return { title: `finding faces, ${width} px`, unit: "ms a photo", rows: [...rows, ...peers], notes };
}
