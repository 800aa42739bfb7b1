import { readFile } from "node:fs/promises";
import type { Box, Landmarks5, Point } from "facelab";

/** A face of facenet-pytorch's MTCNN. */
export interface ReferenceFace {
  /** In facelab's coordinates. */
  readonly box: Box;
  readonly score: number;
  readonly landmarks: Landmarks5;
}

/** What test/reference/detection/facenet_pytorch_mtcnn.py wrote, by the photo's name. */
export async function facenetReference(): Promise<Record<string, ReferenceFace[]>> {
  const file = new URL("../reference/detection/facenet-pytorch-mtcnn.json", import.meta.url);
  type Stored = { box: [number, number, number, number]; score: number; landmarks: number[] };
  const photos: Record<string, Stored[]> = JSON.parse(await readFile(file, "utf8"));
  const faces = Object.entries(photos).map(([name, found]) => [name, found.map(toFacelab)]);
  return Object.fromEntries(faces);

  function toFacelab({ box: [x1, y1, x2, y2], score, landmarks: flat }: Stored): ReferenceFace {
    const point = (i: number): Point => ({ x: flat[2 * i]!, y: flat[2 * i + 1]! });
    return {
      // facenet counts pixels from 1 and includes the last one in its boxes; its landmarks count from 0.
      box: { x: x1 - 1, y: y1 - 1, width: x2 - x1 + 1, height: y2 - y1 + 1 },
      score,
      landmarks: [point(0), point(1), point(2), point(3), point(4)],
    };
  }
}
