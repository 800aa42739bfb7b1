import {
  type Detection,
  type DetectionOutcome,
  type DiskCache,
  type JudgedDetection,
  judgeDetections,
} from "facelab";
import { detectIn, stretchedDetector } from "./detect-in.js";
import type { Section } from "./sections.js";
import { type Both, detectorsOf, forBoth, type Side, type SideOptions, weightsUsed } from "./sides.js";
import { type Difficulty, difficulties, markedFaces, type WiderPhoto } from "./wider-photos.js";

/** One photo: how many faces count, and every box of both weights as its score and three letters: a hit, false or ignored among the easy, medium and hard faces. */
export interface WiderRecord extends Both<readonly (readonly [score: number, outcomes: string])[]> {
  readonly photo: string;
  readonly faces: Readonly<Record<Difficulty, number>>;
}

const LETTERS: Readonly<Record<DetectionOutcome, string>> = { hit: "h", false: "f", ignored: "i" };

/** What the letters of a record stand for. */
export const OUTCOMES: Readonly<Record<string, DetectionOutcome>> = Object.fromEntries(
  Object.entries(LETTERS).map(([outcome, letter]) => [letter, outcome as DetectionOutcome]),
);

/** A photo's detections judged for each difficulty. */
export function judgePhoto(photo: WiderPhoto, found: readonly Detection[]): [number, string][] {
  const outcomes = difficulties.map((difficulty) => judgeDetections(found, markedFaces(photo, difficulty)));
  return found.map(({ score }, i) => [
    Number(score.toFixed(6)),
    outcomes.map((one) => LETTERS[one[i]!]).join(""),
  ]);
}

/** All detections of one side, as they were judged for one difficulty, and the faces that there are. */
export function judgedFor(
  records: readonly WiderRecord[],
  side: Side,
  difficulty: Difficulty,
): { judged: JudgedDetection[]; faces: number } {
  const place = difficulties.indexOf(difficulty);
  const outcomeOf = (letters: string): DetectionOutcome => {
    const outcome = OUTCOMES[letters[place] ?? ""];
    if (outcome === undefined) throw new Error(`no outcome in ${letters}`);
    return outcome;
  };
  const judged = records.flatMap((record) =>
    record[side].map(([score, letters]) => ({ score, outcome: outcomeOf(letters) })),
  );
  return { judged, faces: records.reduce((sum, { faces }) => sum + faces[difficulty], 0) };
}

/** Both weights against marked faces, at low thresholds; the photos are stretched back to the size that they had. */
export async function widerSection(
  photos: readonly WiderPhoto[],
  options: Both<SideOptions>,
  minFace: number,
  cache: DiskCache | undefined,
  onPhoto: () => void,
): Promise<Section<WiderRecord>> {
  const detectors = await detectorsOf(options, { minFaceSize: minFace, curve: true });
  const records: WiderRecord[] = [];
  for (const photo of photos) {
    const { name, path, width, height, counted } = photo;
    const judged = await forBoth(async (side) =>
      judgePhoto(photo, await detectIn(path, stretchedDetector(detectors[side], width, height), cache)),
    );
    const faces = { easy: counted.easy.length, medium: counted.medium.length, hard: counted.hard.length };
    records.push({ photo: name, faces, ...judged });
    onPhoto();
  }
  return {
    about: { weights: weightsUsed(detectors), settings: { minFace, photos: photos.length } },
    records,
  };
}
