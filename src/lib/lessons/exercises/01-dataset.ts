import { stratifiedSplits } from "../../datasets/stratified-splits.js";
import { decodeImage } from "../../images/decode-image.js";
import { imageHash } from "../../images/image-hash.js";
import { findDuplicates } from "../../pipeline/photo-duplicates.js";
import { numberExercise } from "../exercise.js";
import { photosInUse } from "../lesson.js";

/** The share of the person with the most photos. */
const mostFrequent = numberExercise(() => {
  const labels = photosInUse().photos.map(({ label }) => label);
  const people = [...new Set(labels)];
  const counts = people.map((name) => labels.filter((label) => label === name).length);
  const expected = Math.max(...counts) / labels.length;
  return {
    expected,
    mistakes: [
      { value: Math.max(...counts), hint: "that is how many photos; what share of all photos is it?" },
      { value: 100 * expected, hint: "give a share between 0 and 1, not per cent" },
      { value: 1 - expected, hint: "that is the share that is named wrongly" },
      { value: 1 / people.length, hint: "that is a guess among the people; here it is always the same name" },
    ],
    otherwise: "divide the largest of counts by the number of photos",
  };
});

/** The first person's test photos. */
const testPhotos = numberExercise(() => {
  const { photos, random } = photosInUse();
  const labels = photos.map(({ label }) => label);
  const [split] = stratifiedSplits(labels, { testSize: 0.3, random: random.fork("split") }).splits;
  const ofFirst = (part: readonly number[] = []): number =>
    part.filter((i) => labels[i] === labels[0]).length;
  return {
    expected: ofFirst(split?.test),
    mistakes: [
      { value: ofFirst(split?.train), hint: "those are learned from; how many are in split.test?" },
      { value: ofFirst([...labels.keys()]), hint: "those are all photos of that person, both parts" },
      { value: split?.test.length ?? 0, hint: "those are the test photos of everybody" },
    ],
    otherwise: "split.test holds positions in photos: count those at which labels has people[0]",
  };
});

/** Photos that look alike, and those that do not. */
const alike = numberExercise(async () => {
  const photos = await Promise.all(
    photosInUse().photos.map(async (photo) => {
      // One that cannot be read is like no other; it was said where it was opened.
      const image = await decodeImage(photo.path).catch(() => undefined);
      return { ...photo, imageHash: image && imageHash(image) };
    }),
  );
  const duplicates = findDuplicates(photos);
  const expected = duplicates.flatMap((group) => group.photos).length;
  return {
    expected,
    mistakes: [
      { value: duplicates.length, hint: "that is the number of groups; how many photos are in them?" },
      { value: photos.length - expected, hint: "those are the photos that are in no group" },
      { value: expected - duplicates.length, hint: "the first photo of a group counts too" },
      { value: photos.length, hint: "those are all photos; how many are in a group?" },
    ],
    otherwise: "each group of duplicates has a list, photos: add up how long they are",
  };
});

/** Exercises of notebook 01. */
export const datasetExercises = { "01.1": mostFrequent, "01.2": testPhotos, "01.3": alike };
