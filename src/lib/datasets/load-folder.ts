import { basename, resolve } from "node:path";
import { compareCodePoints } from "../compare-code-points.js";
import { InputError, requireInteger } from "../errors.js";
import { hasImageSuffix } from "../images/image-formats.js";
import { type Entry, listFolder } from "./list-folder.js";
import type { Ignored, LeftOut, Photo, PhotoDataset } from "./photo.js";

const LAYOUT = "expected one folder per person with the photos in it: PERSON/photo.jpg";

/** Which people {@link loadFolder} takes. */
export interface LoadFolderOptions {
  /** People with fewer photos, all parts together, are left out and listed. @default 1 */
  readonly minPhotos?: number;
}

/**
 * Lists a dataset that keeps one folder of photos per person.
 *
 * The folder's name, in Unicode NFC, is the label; two folders whose names differ only in their Unicode form are one
 * person. Where there is `train` beside `test` or `val` (in any case), people are looked for inside of these; `val` serves
 * as the test part, or is ignored where there is a `test` as well. Links are followed. Hidden files are skipped; every other
 * thing not used is in `ignored`, also folders inside of a person's folder: a wrong level then shows as an error instead
 * of strangers in one class. No photo is opened.
 * @param dir the folder; paths of photos begin with it.
 * @throws InputError where the folder is missing, unreadable, empty, not a folder or not laid out like this.
 */
export async function loadFolder(
  dir: string,
  { minPhotos = 1 }: LoadFolderOptions = {},
): Promise<PhotoDataset> {
  requireInteger("minPhotos", minPhotos, 1);
  const entries = await listFolder(dir);
  if (entries.length === 0) throw new InputError(`empty folder: ${dir} (${LAYOUT})`);
  const parts = findParts(entries);
  const found: Found = { photos: [], ignored: [], people: new Map() };
  if (parts === undefined) await readPeople(dir, entries, undefined, found);
  else {
    for (const { entry, part } of parts) {
      if (part) await readPart(entry, part, found);
      else found.ignored.push({ path: entry.path, reason: "beside train and test" });
    }
  }
  const leftOut = [...found.people]
    .filter(([, photos]) => photos < minPhotos)
    .map(([label, photos]): LeftOut => ({ label, photos }));
  const dropped = new Set(leftOut.map(({ label }) => label));
  const samples = found.photos.filter(({ label }) => !dropped.has(label));
  if (samples.length === 0) throw new InputError(nobody(dir, found, minPhotos));
  samples.sort(
    (a, b) =>
      compareCodePoints(a.label, b.label) || partOrder(a) - partOrder(b) || compareCodePoints(a.path, b.path),
  );
  leftOut.sort((a, b) => compareCodePoints(a.label, b.label));
  return { name: basename(resolve(dir)), samples, ignored: found.ignored, leftOut };
}

interface Found {
  readonly photos: Photo[];
  readonly ignored: Ignored[];
  /** Photos of each person, 0 included. */
  readonly people: Map<string, number>;
}

const partOrder = ({ part }: Photo): number => (part === "test" ? 1 : 0);

/** The entries with the part that each is; undefined where the dataset is not divided. */
function findParts(entries: readonly Entry[]): { entry: Entry; part?: "train" | "test" }[] | undefined {
  const named = (name: string) =>
    entries.find((entry) => entry.kind === "folder" && entry.name.toLowerCase() === name);
  const train = named("train");
  const test = named("test") ?? named("val");
  if (!train || !test) return undefined;
  return entries.map((entry) => ({
    entry,
    part: entry === train ? "train" : entry === test ? "test" : undefined,
  }));
}

async function readPart({ path }: Entry, part: "train" | "test", found: Found): Promise<void> {
  await readPeople(path, await listFolder(path), part, found);
  if (!found.photos.some((photo) => photo.part === part)) {
    throw new InputError(`no photos in the ${part} part: ${path} (${LAYOUT})`);
  }
}

async function readPeople(
  dir: string,
  entries: readonly Entry[],
  part: "train" | "test" | undefined,
  found: Found,
): Promise<void> {
  const folders = entries.filter(({ kind }) => kind === "folder");
  const loose = entries.filter(({ kind, name }) => kind === "file" && hasImageSuffix(name));
  if (folders.length === 0 && loose.length > 0) {
    throw new InputError(
      `photos without a person: ${dir} (${loose.length} photos directly in it; ${LAYOUT})`,
    );
  }
  for (const entry of entries) {
    if (entry.kind === "folder") await readPerson(entry, part, found);
    else
      found.ignored.push({
        path: entry.path,
        reason: loose.includes(entry) ? "photo outside of a person's folder" : whyNot(entry),
      });
  }
}

async function readPerson(folder: Entry, part: "train" | "test" | undefined, found: Found): Promise<void> {
  const label = folder.name.normalize("NFC");
  let photos = 0;
  for (const entry of await listFolder(folder.path)) {
    if (entry.kind === "file" && hasImageSuffix(entry.name)) {
      found.photos.push({ path: entry.path, label, ...(part && { part }) });
      photos++;
    } else found.ignored.push({ path: entry.path, reason: whyNot(entry) });
  }
  found.people.set(label, (found.people.get(label) ?? 0) + photos);
}

function whyNot({ kind, name, reason }: Entry): string {
  if (kind === "other") return reason ?? "neither a file nor a folder";
  if (kind === "folder") return "folder inside of a person's folder";
  const suffix = /\.[^.]+$/.exec(name)?.[0].toLowerCase();
  return suffix ? `not a photo (${suffix})` : "not a photo (no suffix)";
}

function nobody(dir: string, { people, ignored }: Found, minPhotos: number): string {
  const most = Math.max(0, ...people.values());
  if (most > 0)
    return `no people with ${minPhotos} or more photos: ${dir} (the most is ${most}; lower minPhotos)`;
  const deeper = ignored.some(({ reason }) => reason === "folder inside of a person's folder");
  return `no people with photos: ${dir} (${deeper ? "there are folders one level deeper, give one of these; " : ""}${LAYOUT})`;
}
