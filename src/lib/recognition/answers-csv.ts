import { stringify } from "csv-stringify/sync";
import type { PhotoAnswer, RecognisedFace } from "./recognise-photo.js";
import { writeText } from "./write-text.js";

const columns = [
  "photo",
  "face",
  "name",
  "answer",
  "probability",
  "similarity",
  "distance",
  "x",
  "y",
  "width",
  "height",
  "score",
  "reason",
] as const;

type Line = Partial<Record<(typeof columns)[number], string | number>>;

/**
 * Writes what was recognised as CSV (RFC 4180, UTF-8): one line for each face, numbered from 1 within its photo. `answer` is
 * `person`, `unknown`, or `none` for a photo without a face, which has one line with the `reason`. `name` is empty unless
 * the answer is `person`; probability, similarity and distance are then about the likeliest person. Box in pixels.
 *
 * Names stand in it exactly as their folders are called. They are not escaped for spreadsheets, which run a cell that begins with
 * `=`, `+`, `-` or `@`: what protects them (a `'` in front) would be part of the name for every program that reads the file
 * right. Give such a file to a spreadsheet by its import, with the columns as text. In pandas read it with
 * `keep_default_na=False`, without which a person called `NA` or `null` is a missing value.
 * @throws InputError where the file cannot be written.
 */
export async function writeAnswersCsv(path: string, answers: readonly PhotoAnswer[]): Promise<void> {
  const lines = answers.flatMap((answer): Line[] =>
    answer.kind === "none"
      ? [{ photo: answer.photo, answer: "none", reason: answer.reason }]
      : answer.faces.map((face, i) => ({ photo: answer.photo, face: i + 1, ...faceLine(face) })),
  );
  await writeText(path, stringify(lines, { header: true, columns: [...columns] }));
}

function faceLine({ identity, probability, similarity, distance, box, score }: RecognisedFace): Line {
  const name = identity.kind === "person" ? identity.label : "";
  return { name, answer: identity.kind, probability, similarity, distance, ...box, score };
}
