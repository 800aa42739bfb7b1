import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Box, InputError, type MarkedFace } from "facelab";

export const difficulties = ["easy", "medium", "hard"] as const;
export type Difficulty = (typeof difficulties)[number];

/** A photo of WIDER FACE's validation part, with its faces marked in pixels of the size that it had. */
export interface WiderPhoto {
  readonly name: string;
  readonly path: string;
  /** What it was before it was stretched to a square. */
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  /** Positions of the boxes that count; all others are ignored. */
  readonly counted: Readonly<Record<Difficulty, readonly number[]>>;
}

interface Entry {
  readonly file: string;
  readonly native_w: number;
  readonly native_h: number;
  readonly boxes_native_xywh: readonly (readonly [number, number, number, number])[];
  readonly idx_easy: readonly number[];
  readonly idx_medium: readonly number[];
  readonly idx_hard: readonly number[];
}

/** Reads gt.json of a folder. @throws InputError where it is missing or something else. */
export async function widerPhotos(folder: string): Promise<WiderPhoto[]> {
  const path = join(folder, "gt.json");
  try {
    const entries = JSON.parse(await readFile(path, "utf8")) as Entry[];
    return entries.map((entry) => ({
      name: basename(entry.file),
      path: join(folder, entry.file),
      width: entry.native_w,
      height: entry.native_h,
      boxes: entry.boxes_native_xywh.map(([x, y, width, height]) => ({ x, y, width, height })),
      counted: { easy: entry.idx_easy, medium: entry.idx_medium, hard: entry.idx_hard },
    }));
  } catch (cause) {
    throw new InputError(`cannot read WIDER FACE's boxes: ${path} (${(cause as Error).message})`, { cause });
  }
}

/** The faces of one difficulty: those of others are ignored. */
export function markedFaces({ boxes, counted }: WiderPhoto, difficulty: Difficulty): MarkedFace[] {
  const own = new Set(counted[difficulty]);
  return boxes.map((box, i) => ({ box, ignored: !own.has(i) }));
}
