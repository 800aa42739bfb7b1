import {
  type DetectionOutcome,
  detectionAveragePrecision,
  detectionCurve,
  holm,
  type JudgedDetection,
  linesFigure,
  mcnemar,
  quantile,
  wilsonInterval,
} from "facelab";
import { count, percent } from "../compare-detectors/cells.js";
import { OUTCOMES } from "../compare-detectors/wider.js";
import { type Difficulty, difficulties } from "../compare-detectors/wider-photos.js";
import { ANGLES, type DetectorOutcome } from "./07-found.js";
import { detectorMethods } from "./07-methods.js";
import type { ShownFigure, ShownTable } from "./question.js";
import { flags, numbers, type Records, texts } from "./records.js";

/** Whether and how each detector was asked. */
export function outcomesOf({ about }: Records): readonly DetectorOutcome[] {
  return about.detectors as readonly DetectorOutcome[];
}

function namesOf(records: Records): string[] {
  const outcomes = outcomesOf(records).filter(({ notRun }) => notRun === undefined);
  return detectorMethods.flatMap(({ name }) => (outcomes.some((one) => one.name === name) ? [name] : []));
}

function judgedOf(
  { tables }: Records,
  name: string,
  setting: string,
  difficulty: Difficulty,
): JudgedDetection[] {
  const wider = tables.wider!;
  const [detector, settings, outcomes] = [
    texts(wider, "detector"),
    texts(wider, "setting"),
    texts(wider, "outcomes"),
  ];
  const place = difficulties.indexOf(difficulty);
  return numbers(wider, "score").flatMap((score, i) =>
    detector[i] === name && settings[i] === setting
      ? [{ score, outcome: OUTCOMES[outcomes[i]![place]!] as DetectionOutcome }]
      : [],
  );
}

/** WIDER FACE: average precision, and what the usual thresholds find. */
export function widerTable(records: Records): ShownTable {
  const faces = Object.fromEntries(
    difficulties.map((one) => [
      one,
      numbers(records.tables.photos!, one).reduce((sum, value) => sum + value, 0),
    ]),
  ) as Record<Difficulty, number>;
  const rows = detectorMethods.map(({ name, settings }) => {
    const outcome = outcomesOf(records).find((one) => one.name === name);
    if (outcome?.notRun !== undefined || outcome === undefined) {
      return [
        name,
        `not run (${outcome?.notRun?.split(" (")[0] ?? "not asked"})`,
        ...Array(6).fill("-"),
        settings,
      ];
    }
    const precisions = difficulties.map((one) =>
      percent(
        detectionAveragePrecision(
          detectionCurve(judgedOf(records, name, "curve", one), faces[one]),
          faces[one],
        ),
      ),
    );
    const usual = difficulties.map((one) => {
      const judged = judgedOf(records, name, "usual", one);
      const hits = judged.filter((found) => found.outcome === "hit").length;
      const wrong = judged.filter((found) => found.outcome === "false").length;
      return `${percent(hits / faces[one])} (${percent(hits / Math.max(1, hits + wrong))})`;
    });
    const { times } = records.tables;
    const milliseconds = numbers(times!, "milliseconds").filter(
      (_, i) => texts(times!, "detector")[i] === name,
    );
    return [
      name,
      ...precisions,
      ...usual,
      milliseconds.length > 0 ? quantile(milliseconds, 0.5).toFixed(0) : "-",
      settings,
    ];
  });
  return {
    name: "wider",
    caption: `${texts(records.tables.photos!, "name").length} photos of WIDER FACE's validation part, stretched back to the size that they had; faces: ${difficulties
      .map((one) => `${one} ${faces[one]}`)
      .join(
        ", ",
      )}. Average precision at low thresholds, and recall with precision in brackets at the usual ones, in %; IoU .5, faces of other difficulties count neither way. The time is the median of every fifth photo, the detectors in turns, of one run on one machine.`,
    rows: [
      [
        "detector",
        ...difficulties.map((one) => `AP, ${one}`),
        ...difficulties.map((one) => `recall (precision), ${one}`),
        "ms a photo",
        "settings",
      ],
      ...rows,
    ],
  };
}

function foundAt({ tables }: Records, name: string, angle: number): boolean[] {
  const turned = tables.turned!;
  const [detector, angles] = [texts(turned, "detector"), numbers(turned, "angle")];
  return flags(turned, "found").filter((_, i) => detector[i] === name && angles[i] === angle);
}

/** LFW's photos, turned: who still finds the face. */
export function turnedTable(records: Records): ShownTable {
  const names = namesOf(records);
  const rows = names.map((name) => [
    name,
    ...ANGLES.map((angle) => {
      const found = foundAt(records, name, angle);
      const { low, high } = wilsonInterval(found.filter(Boolean).length, found.length);
      return `${percent(found.filter(Boolean).length / found.length, 0)} (${percent(low, 0)}-${percent(high, 0)})`;
    }),
  ]);
  return {
    name: "turned",
    caption: `${String(records.about.turned)} people of LFW, one photo each, turned about its centre: faces found in %, with Wilson's 95 % interval. Found is a box of 55 to 200 pixels about the photo's centre.`,
    rows: [["detector", ...ANGLES.map((angle) => `${angle} degrees`)], ...rows],
  };
}

/** Haar against MTCNN at each angle, on the same photos. */
export function claimTable(records: Records): ShownTable {
  const names = namesOf(records);
  if (!names.includes("Haar") || !names.includes("MTCNN, ours")) {
    return { name: "claim", caption: "Haar against MTCNN, turned: not run.", rows: [["degrees"]] };
  }
  const only = ANGLES.map((angle) => {
    const [ours, haar] = [foundAt(records, "MTCNN, ours", angle), foundAt(records, "Haar", angle)];
    return [
      ours.filter((is, i) => is && !haar[i]).length,
      haar.filter((is, i) => is && !ours[i]).length,
    ] as const;
  });
  const adjusted = holm(only.map(([b, c]) => mcnemar(b, c)));
  return {
    name: "claim",
    caption:
      "The claim that cascades fail on tilted faces: photos in which only MTCNN (ours) or only Haar finds the face; McNemar's exact test, Holm's correction over the angles.",
    rows: [
      ["degrees", "only MTCNN", "only Haar", "p"],
      ...ANGLES.map((angle, i) => [count(angle), ...only[i]!.map(count), adjusted[i]!.toPrecision(2)]),
    ],
  };
}

/** The five points of each detector beside the published MTCNN's. */
export function pointsTable({ tables, about }: Records): ShownTable {
  const points = tables.points!;
  const names = [...new Set(texts(points, "detector"))];
  const rows = names.map((name) => {
    const errors = numbers(points, "error").filter((_, i) => texts(points, "detector")[i] === name);
    return [name, count(errors.length), percent(quantile(errors, 0.5), 1), percent(quantile(errors, 0.9), 1)];
  });
  return {
    name: "points",
    caption: `Mean distance of the five points from those of ${String(about.pointsOf)}, in % of the eye distance, on the same photos upright: no truth, since nobody has marked points here.`,
    rows: [["detector", "faces", "median", "90th percentile"], ...rows],
  };
}

/** Faces found over the angle. */
export function turnedFigure(records: Records): ShownFigure {
  const lines = namesOf(records).map((name) => ({
    name,
    x: ANGLES,
    y: ANGLES.map((angle) => {
      const found = foundAt(records, name, angle);
      return (100 * found.filter(Boolean).length) / found.length;
    }),
  }));
  return {
    name: "turned",
    description: "faces found over the angle by which the photo was turned, for each detector",
    figure: linesFigure("Who finds a tilted face?", `LFW, ${String(records.about.turned)} people`, lines, {
      x: { title: "degrees", range: [0, 90], ticks: ANGLES.map((at) => ({ at, text: String(at) })) },
      y: { title: "faces found, %", range: [0, 100] },
    }),
  };
}
