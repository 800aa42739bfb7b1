import { testAlsoInTrain } from "../datasets/divide-photos.js";
import { describeTrainOnly, stratifiedSplits } from "../datasets/stratified-splits.js";
import { InputError } from "../errors.js";
import type { EmbeddedPhoto, EmbeddedSet } from "../pipeline/embedded-set.js";
import { copyKeys } from "../pipeline/photo-duplicates.js";
import type { Random, Split } from "../types.js";

/** A photo that classifiers can be asked about. */
export type Face = Extract<EmbeddedPhoto, { kind: "face" }>;

/** The photos with a face among those at some positions. */
export function facesAt(set: EmbeddedSet, indices: readonly number[]): Face[] {
  return indices
    .map((index) => set.photos[index] as EmbeddedPhoto)
    .filter((photo): photo is Face => photo.kind === "face");
}

/** The dataset's own division, without test photos that are in train as well, or seeded ones with copies on one side. */
export function splitsOf(
  set: EmbeddedSet,
  { testSize, repeats, random }: { testSize?: number; repeats?: number; random: Random },
): { splits: readonly Split[]; notices: string[] } {
  const parts = set.photos.map(({ part }) => part);
  const groups = copyKeys(set.photos);
  if (parts.every((part) => part !== undefined)) {
    const leaked = testAlsoInTrain(parts, groups);
    const positions = (wanted: string): number[] =>
      [...parts.keys()].filter((i) => parts[i] === wanted && !leaked.has(i));
    const split = { train: positions("train"), test: positions("test") };
    if (split.test.length === 0) {
      const why = leaked.size > 0 ? ` (all ${leaked.size} are also in train)` : "";
      throw new InputError(`no test photo in ${set.name}${why}`);
    }
    const unused = [repeats !== undefined && repeats > 1 && "repeats", testSize !== undefined && "testSize"];
    const names = unused.filter((name) => name !== false);
    const notices = names.length > 0 ? [`the dataset is divided: ${names.join(" and ")} not used`] : [];
    return { splits: [split], notices };
  }
  const labels = set.photos.map(({ label }) => label);
  const { splits, trainOnly } = stratifiedSplits(labels, {
    testSize,
    repeats,
    groups,
    random: random.fork("splits"),
  });
  return { splits, notices: describeTrainOnly(labels, trainOnly) };
}

/** A line that names the people who are asked for, but of whom no face could be learned: they can only be answered wrongly. */
export function strangers(set: EmbeddedSet, splits: readonly Split[]): string[] {
  const names = new Set<string>();
  for (const { train, test } of splits) {
    const known = new Set(facesAt(set, train).map(({ label }) => label));
    for (const index of test) {
      const { label } = set.photos[index] as EmbeddedPhoto;
      if (!known.has(label)) names.add(label);
    }
  }
  return names.size > 0
    ? [`no training photo with a face, always answered wrongly: ${[...names].join(", ")}`]
    : [];
}
