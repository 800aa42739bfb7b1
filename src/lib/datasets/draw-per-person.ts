import { InputError, requireInteger } from "../errors.js";
import type { Random } from "../types.js";
import { groupByLabel } from "./group-by-label.js";

/** What {@link drawPerPerson} draws. */
export interface DrawOptions {
  /** Photos of each person. @default all */
  readonly photosPerPerson?: number;
  /** People with fewer photos are not drawn; at least photosPerPerson. @default photosPerPerson, or 1 */
  readonly minPhotos?: number;
  /** How many people. @default all with minPhotos */
  readonly people?: number;
  /** Which people: at random, or the first by code point of their names. @default "random" */
  readonly choose?: "random" | "first";
  readonly random: Random;
}

/**
 * Draws people, and photos of each, without replacement. With one seed, fewer people or photos are a part of more, so
 * that a curve over either compares like with like.
 * @param labels the name on each photo.
 * @returns positions in `labels`, ascending.
 * @throws InputError on an option out of range, or where fewer people have minPhotos than are asked for.
 */
export function drawPerPerson(
  labels: readonly string[],
  { photosPerPerson, minPhotos = photosPerPerson ?? 1, people, choose = "random", random }: DrawOptions,
): number[] {
  if (photosPerPerson !== undefined) requireInteger("photosPerPerson", photosPerPerson, 1);
  requireInteger("minPhotos", minPhotos, photosPerPerson ?? 1);
  if (people !== undefined) requireInteger("people", people, 1);
  const groups = groupByLabel(labels);
  const eligible = [...groups].filter(([, photos]) => photos.length >= minPhotos).map(([label]) => label);
  if (eligible.length < (people ?? 1)) {
    throw new InputError(
      `too few people: ${eligible.length} of ${groups.size} have ${minPhotos} or more photos (need ${people ?? 1}; lower people or minPhotos)`,
    );
  }
  const ordered = choose === "first" ? eligible : random.fork("people").shuffle(eligible);
  const photos = random.fork("photos");
  return ordered
    .slice(0, people)
    .flatMap((label) =>
      photos
        .fork(label)
        .shuffle(groups.get(label) ?? [])
        .slice(0, photosPerPerson),
    )
    .sort((a, b) => a - b);
}
