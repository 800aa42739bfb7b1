import { answerPhoto } from "../../attendance/answer-photo.js";
import { attendanceAnswer } from "../../attendance/attendance-answer.js";
import { labelEncoder } from "../../classifiers/label-encoder.js";
import { dividePhotoFiles } from "../../pipeline/divide-photo-files.js";
import { embedPhotos } from "../../pipeline/embed-photos.js";
import { hasFace } from "../../pipeline/embedded-set.js";
import { facePipeline } from "../../pipeline/face-pipeline.js";
import { trainRecogniser } from "../../recognition/train-recogniser.js";
import { numberExercise } from "../exercise.js";
import { oncePerLesson, photosInUse } from "../lesson.js";

/** Who takes part, what is answered at the door, and what to each face, as the notebook computes it. */
const doorInUse = oncePerLesson(async () => {
  const { photos, random } = photosInUse();
  const { classes } = labelEncoder(photos.map(({ label }) => label));
  const takesPart = (label: string): boolean => classes.indexOf(label) % 4 !== 3;
  const { photos: divided } = await dividePhotoFiles(photos, { random: random.fork("split") });
  const pipeline = await facePipeline();
  const registered = divided.filter(({ label, part }) => part === "train" && takesPart(label));
  const enrolled = (await embedPhotos(registered, pipeline)).filter(hasFace);
  const recogniser = await trainRecogniser(enrolled, { random: random.fork("train") });
  const door = random.fork("door").shuffle(divided.filter(({ part }) => part === "test"));
  const seen = await Promise.all(door.map(({ path }) => answerPhoto(path, recogniser, pipeline)));
  const answers = seen.map((photo) => (photo.kind === "faces" ? photo.answers : []));
  const faces = (await embedPhotos(door, pipeline)).filter(hasFace);
  const judged = faces.map(({ embedding, label }) => ({
    isRegistered: takesPart(label),
    kind: attendanceAnswer(recogniser, embedding, 0.02).kind,
  }));
  return { answers, judged };
});

/** The closest of those who were named. */
const closest = numberExercise(async () => {
  const all = (await doorInUse()).answers.flat();
  const named = all.filter(({ kind }) => kind === "person");
  const margins = named.map(({ margin }) => margin);
  return {
    expected: Math.min(...margins),
    mistakes: [
      {
        value: Math.min(...all.map(({ margin }) => margin)),
        hint: "that is of somebody who was not named; keep the answers of kind person first",
      },
      {
        value: Math.max(...margins),
        hint: "that is the clearest of all; the closest has the smallest margin",
      },
      {
        value: Math.min(...named.map(({ distance }) => distance)),
        hint: "that is a distance; the margin is how much farther the next person is",
      },
      {
        value: margins.reduce((sum, margin) => sum + margin, 0) / margins.length,
        hint: "that is the mean; one close call is enough to be wrong",
      },
    ],
    otherwise: "flatten answers, keep kind person, and take the least margin",
  };
});

/** Who is present. */
const present = numberExercise(async () => {
  const all = (await doorInUse()).answers.flat();
  const named = all.filter(({ kind }) => kind === "person").map(({ label }) => label);
  const expected = new Set(named).size;
  return {
    expected,
    mistakes: [
      { value: all.length, hint: "those are all lines of the log; count those with the decision marked" },
      {
        value: named.length,
        hint: "that counts everybody as often as they came: already marked is not marked",
      },
      { value: named.length - expected, hint: "those are already marked" },
    ],
    otherwise: 'count the entries with decision === "marked"',
  };
});

/** Strangers who are named. */
const namedStrangers = numberExercise(async () => {
  const { judged } = await doorInUse();
  const share = (some: typeof judged, kind: string): number =>
    some.filter((one) => one.kind === kind).length / some.length;
  const strangers = judged.filter(({ isRegistered }) => !isRegistered);
  const known = judged.filter(({ isRegistered }) => isRegistered);
  const expected = share(strangers, "person");
  return {
    expected,
    mistakes: [
      { value: share(known, "person"), hint: "those are the registered people; take !takesPart(label)" },
      { value: share(strangers, "unknown"), hint: "those strangers are unknown; which share is named?" },
      { value: 1 - expected, hint: "that is the share that is not named" },
      { value: share(judged, "person"), hint: "that is of everybody; take !takesPart(label) only" },
    ],
    otherwise: "of those with !takesPart(label), how many have said.kind person, divided by all of them",
  };
});

/** Exercises of notebook 12. */
export const attendanceExercises = { "12.1": closest, "12.2": present, "12.3": namedStrangers };
