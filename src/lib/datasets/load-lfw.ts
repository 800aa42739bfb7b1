import { basename, dirname, join } from "node:path";
import { InputError } from "../errors.js";
import { loadFolder } from "./load-folder.js";
import type { Ignored, Photo, PhotoDataset } from "./photo.js";

/** A photo as LFW's lists name it: `Abel_Pacheco`, 4. */
export interface LfwPhoto {
  readonly name: string;
  /** Counted from 1. */
  readonly number: number;
}

/** What the complete dataset holds. */
export const lfwSize: { readonly people: number; readonly photos: number } = { people: 5749, photos: 13_233 };

/** Where a photo of LFW lies: `dir/Abel_Pacheco/Abel_Pacheco_0004.jpg`. */
export function lfwPhotoPath(dir: string, { name, number }: LfwPhoto): string {
  return join(dir, name, `${name}_${String(number).padStart(4, "0")}.jpg`);
}

/**
 * Lists Labeled Faces in the Wild, unpacked in any of its versions (original, funneled, deep-funneled). Labels keep the
 * underscores of its lists. Files that are not named `NAME/NAME_0001.jpg` are ignored. A subset is accepted: compare with
 * {@link lfwSize}.
 * @param dir the folder that holds the people's folders.
 * @throws InputError as {@link loadFolder}, or where no file is named like this.
 * @see Huang, Ramesh, Berg, Learned-Miller: Labeled Faces in the Wild, 2007
 */
export async function loadLfw(dir: string): Promise<PhotoDataset> {
  const folder = await loadFolder(dir);
  const samples: Photo[] = [];
  const ignored: Ignored[] = [...folder.ignored];
  for (const photo of folder.samples) {
    if (isLfwName(photo.path)) samples.push(photo);
    else ignored.push({ path: photo.path, reason: "not named like LFW's photos" });
  }
  if (samples.length === 0) throw new InputError(`not LFW: ${dir} (expected NAME/NAME_0001.jpg)`);
  return { ...folder, samples, ignored };
}

function isLfwName(path: string): boolean {
  const person = basename(dirname(path));
  const file = basename(path);
  return file.startsWith(`${person}_`) && /^\d{4}\.jpg$/.test(file.slice(person.length + 1));
}
