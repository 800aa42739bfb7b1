import { basename, dirname } from "node:path";
import { mtcnn, type RgbImage, shippedMtcnnWeights, ssdDetector } from "facelab";
import { type Comparison, type Measured, measure, measureBeside } from "./measure.js";

/** Finding faces of at least 20 pixels in photos of one width. @param against further weights of MTCNN, as their manifest. */
export async function detection(
  photos: readonly RgbImage[],
  width: number,
  peers: readonly Measured[],
  against?: string,
): Promise<Comparison> {
  const rows: Measured[] = [];
  const notes: string[] = [`six sample photos, ${width} pixels wide; resizing included, decoding not`];
  const through = (detect: (photo: RgbImage) => Promise<unknown>) => async (): Promise<void> => {
    for (const photo of photos) await detect(photo);
  };
  const each = (name: string, detect: (photo: RgbImage) => Promise<unknown>): Promise<Measured> =>
    measure(name, photos.length, through(detect));
  for (const threads of [1, 2]) {
    const detector = await mtcnn({ weights: shippedMtcnnWeights, minFaceSize: 20, threads });
    rows.push(
      await each(`facelab: MTCNN, ${threads} ${threads === 1 ? "thread" : "threads"}`, (photo) =>
        detector.detect(photo),
      ),
    );
  }
  const first = rows[0];
  if (against !== undefined && first !== undefined) {
    const [one, other] = await Promise.all(
      [shippedMtcnnWeights, against].map((weights) => mtcnn({ minFaceSize: 20, threads: 1, weights })),
    );
    const name = `facelab: MTCNN, 1 thread, weights of ${basename(dirname(against))}`;
    const task = through((photo) => one!.detect(photo));
    rows.push(
      await measureBeside(
        name,
        { measured: first, task },
        through((photo) => other!.detect(photo)),
      ),
    );
    notes.push("the two sets of weights in turns");
  }
  const ssd = await ssdDetector();
  rows.push(await each("face-api: SSD on tensorflow.js", (photo) => ssd.detect(photo)));
  return { title: `finding faces, ${width} px`, unit: "ms a photo", rows: [...rows, ...peers], notes };
}
