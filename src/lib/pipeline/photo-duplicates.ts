import { alikeGroups, equalGroups } from "../datasets/duplicates.js";
import type { Photo, PhotoIdentity } from "../datasets/photo.js";
import { alikeBits } from "../images/image-hash.js";
import type { Embedding } from "../types.js";

/** A photo with what is known of its content. */
export type IdentifiedPhoto = Photo & PhotoIdentity & { readonly embedding?: Embedding };

/** Photos that are one, or that look as if they were. */
export interface DuplicatePhotos {
  /** `file`: the same bytes; `embedding`: the same numbers, of photos whose bytes are not known; `alike`: few bits of `imageHash` differ. */
  readonly kind: "file" | "embedding" | "alike";
  /** The most bits in which one of them differs from the one that it is most like; 0 of copies. */
  readonly distance: number;
  /** Two or more, in the dataset's order. */
  readonly photos: readonly Photo[];
}

/**
 * For each photo what it is a copy of, for `stratifiedSplits` and `dividePhotos`: the sha256 of its file, or where that is not known, as
 * in a file of embeddings, the embedding bit for bit. All faces of one photo have the same key; one without either has none.
 */
export function copyKeys(
  photos: readonly (PhotoIdentity & { readonly embedding?: Embedding })[],
): (string | undefined)[] {
  return photos.map(({ sha256, embedding }) => sha256 ?? (embedding && `embedding ${bytesOf(embedding)}`));
}

/**
 * Finds copies of photos, and photos that look alike: resized, recompressed, brighter, or cut a little. A photo with several
 * faces counts once, and copies take part in the second search as one.
 * @returns copies before those that look alike, each kind in the order of the photos.
 */
export function findDuplicates(photos: readonly IdentifiedPhoto[]): DuplicatePhotos[] {
  const once = [...new Map(photos.map((photo) => [photo.path, photo])).values()];
  const at = (positions: readonly number[]): Photo[] =>
    positions.map((position): Photo => {
      const { path, label, part } = once[position] as IdentifiedPhoto;
      return { path, label, ...(part && { part }) };
    });
  const copies = equalGroups(copyKeys(once));
  const further = new Set(copies.flatMap((group) => group.slice(1)));
  const hashes = once.map(({ imageHash }, i) => (further.has(i) ? undefined : imageHash));
  return [
    ...copies.map((group): DuplicatePhotos => {
      const known = once[group[0] as number]?.sha256 !== undefined;
      return { kind: known ? "file" : "embedding", distance: 0, photos: at(group) };
    }),
    ...alikeGroups(hashes, alikeBits).map(
      ({ positions, distance }): DuplicatePhotos => ({ kind: "alike", distance, photos: at(positions) }),
    ),
  ];
}

const AT_MOST = 5;

/** What a user should know about duplicates, one line for each trouble, with the first five of each. */
export function describeDuplicates(duplicates: readonly DuplicatePhotos[]): string[] {
  const copies = duplicates.filter(({ kind }) => kind !== "alike");
  const alike = duplicates.filter(({ kind }) => kind === "alike");
  const leaks = copies.flatMap(({ photos }) => {
    const original = photos.find(({ part }) => part === "train");
    const tests = photos.filter(({ part }) => part === "test");
    return original === undefined ? [] : tests.map(({ path }) => `${path} = ${original.path}`);
  });
  const within = copies.filter((group) => people(group) === 1 && !inBothParts(group));
  const across = copies.filter((group) => people(group) > 1);
  const alikeWithin = alike.filter((group) => people(group) === 1);
  const alikeAcross = alike.filter((group) => people(group) > 1);
  const divided = alikeWithin.filter(inBothParts).length;
  const line = (count: number, text: string, items: readonly string[]): string[] =>
    count === 0 ? [] : [`${text}: ${shortened(items, "; ")}`];
  return [
    ...line(
      leaks.length,
      `${counted(leaks.length, "test photo is", "test photos are")} also in train, and not tested on`,
      leaks,
    ),
    ...line(
      within.length,
      `${counted(within.length, "photo is", "photos are")} there more than once, kept on one side of every split`,
      within.map(joined(" = ")),
    ),
    ...line(
      across.length,
      "the same photo as two people, of which one is a wrong label",
      across.map(joined(", ")),
    ),
    ...line(
      alikeWithin.length,
      `photos that look alike, perhaps one picture, and not kept on one side${divided > 0 ? ` (${counted(divided, "time", "times")} in train and in test)` : ""}`,
      alikeWithin.map(joined(" ~ ")),
    ),
    ...line(
      alikeAcross.length,
      "photos of two people that look alike, perhaps a wrong label",
      alikeAcross.map(joined(" ~ ")),
    ),
  ];
}

const people = ({ photos }: DuplicatePhotos): number => new Set(photos.map(({ label }) => label)).size;

const inBothParts = ({ photos }: DuplicatePhotos): boolean =>
  new Set(photos.map(({ part }) => part)).size > 1;

const joined =
  (sign: string) =>
  ({ photos }: DuplicatePhotos): string =>
    shortened(
      photos.map(({ path }) => path),
      sign,
    );

function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}

function shortened(items: readonly string[], sign: string): string {
  const rest = items.length > AT_MOST ? ` and ${items.length - AT_MOST} more` : "";
  return items.slice(0, AT_MOST).join(sign) + rest;
}

function bytesOf({ buffer, byteOffset, byteLength }: Embedding): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}
