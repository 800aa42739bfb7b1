import { type Expression, expressions, quantile } from "facelab";
import { count, percent } from "../compare-detectors/cells.js";
import { changes, SETS } from "./12-looks.js";
import type { ShownTable } from "./question.js";
import { numbers, type Records, texts } from "./records.js";

/** A face, as it is and changed: the first of each list is as it is. */
export interface SeenFace {
  readonly set: string;
  readonly photo: string;
  /** From 1, from the left. */
  readonly face: number;
  readonly ages: readonly number[];
  readonly eyes: readonly number[];
  readonly says: readonly Expression[];
  /** Of the face as it is. */
  readonly probabilities: Readonly<Record<Expression, number>>;
}

/** Every face of the records. */
export function seenFaces({ tables }: Records): SeenFace[] {
  const faces = tables.faces!;
  const [sets, photos, places] = [texts(faces, "set"), texts(faces, "photo"), numbers(faces, "face")];
  const change = texts(faces, "change");
  const probability = (row: number) =>
    Object.fromEntries(
      expressions.map((name) => [name, numbers(faces, name)[row]!]),
    ) as SeenFace["probabilities"];
  return change.flatMap((name, row) => {
    if (name !== changes[0]!.name) return [];
    const rows = changes.map((one) =>
      change.findIndex(
        (other, at) =>
          other === one.name &&
          sets[at] === sets[row] &&
          photos[at] === photos[row] &&
          places[at] === places[row],
      ),
    );
    const of = (column: string) => rows.map((at) => numbers(faces, column)[at]!);
    return [
      {
        ...{ set: sets[row]!, photo: photos[row]!, face: places[row]! },
        ...{ ages: of("age"), eyes: of("eyes") },
        says: rows.map((at) => likeliest(probability(at))),
        probabilities: probability(row),
      },
    ];
  });
}

/** The expression with the largest probability. */
export function likeliest(probabilities: SeenFace["probabilities"]): Expression {
  return expressions.reduce((best, one) => (probabilities[one] > probabilities[best] ? one : best));
}

/** The photos of expressions: what was acted, and what the network says. */
export function expressionsTable(records: Records): ShownTable {
  const { photos } = records.tables;
  const faces = seenFaces(records).filter(({ set }) => set === SETS.expressions);
  const acted = texts(photos!, "photo").filter((_, i) => texts(photos!, "set")[i] === SETS.expressions);
  const rows = acted.map((photo) => {
    const own = faces.filter((face) => face.photo === photo);
    const [face] = own;
    if (face === undefined) return [photo, "0", "-", "-", "-", "-"];
    const says = likeliest(face.probabilities);
    return [
      photo,
      count(own.length),
      `${says} (${percent(face.probabilities[says], 0)})`,
      percent(face.probabilities[photo as Expression], 0),
      range(face.ages, 0),
      range(face.eyes, 2),
    ];
  });
  const { notRun } = records.about;
  return {
    name: "expressions",
    caption:
      notRun === undefined
        ? `${acted.length} photos of one acted expression each${missingText(records)}: what face-api's network says, with its probability in %, and the probability of what was acted. Age and eyes: as the photo is, in brackets the range over ${changes.length - 1} changes.`
        : `Photos of acted expressions: not run (${String(notRun)}).`,
    rows: [
      [
        "acted",
        "faces found",
        "network says",
        "probability of the acted, %",
        "age, years",
        "eyes, height by width",
      ],
      ...rows,
    ],
  };
}

/** The sample photos of face-api, face by face. */
export function samplesTable(records: Records): ShownTable {
  const rows = seenFaces(records)
    .filter(({ set }) => set === SETS.samples)
    .map(({ photo, face, ages, eyes, says, probabilities }) => [
      photo,
      count(face),
      range(ages, 0),
      range(eyes, 2),
      `${says[0]} (${percent(probabilities[says[0]!], 0)})`,
      [...new Set(says.slice(1).filter((one) => one !== says[0]))].join(", ") || "-",
    ]);
  return {
    name: "samples",
    caption: `The faces of the sample photos inside of face-api, from the left: as the photo is, in brackets the range over ${changes.length - 1} changes (${changes
      .slice(1)
      .map(({ name }) => name)
      .join(", ")}), none of which changes age or expression.`,
    rows: [
      [
        "photo",
        "face",
        "age, years",
        "eyes, height by width",
        "network says (%)",
        "and, of the same face changed",
      ],
      ...rows,
    ],
  };
}

function missingText({ about }: Records): string {
  const missing = (about.missing ?? []) as readonly string[];
  return missing.length > 0 ? ` (missing: ${missing.join(", ")})` : "";
}

/** What the changes did, over all faces of both sets. */
export interface Steadiness {
  readonly faces: number;
  /** Years from the youngest to the oldest estimate of one face. */
  readonly medianYears: number;
  readonly mostYears: number;
  /** Faces of which a change made another expression. */
  readonly otherExpression: number;
}

/** @see Steadiness */
export function steadiness(faces: readonly SeenFace[]): Steadiness {
  const years = faces.map(({ ages }) => Math.max(...ages) - Math.min(...ages));
  return {
    faces: faces.length,
    medianYears: quantile(years, 0.5),
    mostYears: Math.max(...years),
    otherExpression: faces.filter(({ says }) => new Set(says).size > 1).length,
  };
}

/** The first, and from the least to the largest: `34 (31-36)`. */
function range(values: readonly number[], digits: number): string {
  const text = (value: number): string => value.toFixed(digits);
  return `${text(values[0]!)} (${text(Math.min(...values))}-${text(Math.max(...values))})`;
}
