import { type Box, toMarkdown, wilsonInterval } from "facelab";
import { type BoxRecord, MIN_FACES } from "./boxes.js";
import { count, percent } from "./cells.js";
import { photoSetNames } from "./photo-sets.js";
import type { Section } from "./sections.js";

type Of<Kind extends BoxRecord["kind"]> = Extract<BoxRecord, { kind: Kind }>;

/** Recall of the reference's boxes and boxes beyond them, of each set and pooled; then every miss and every extra box. */
export function boxesTables({ records }: Section<BoxRecord>): string {
  const faces = records.filter((record): record is Of<"face"> => record.kind === "face");
  const extras = records.filter((record): record is Of<"extra"> => record.kind === "extra");
  const photos = records.filter((record): record is Of<"photo"> => record.kind === "photo");
  const header = [
    "min face",
    "set",
    "photos",
    "faces",
    "found",
    "recall, %",
    "95 % interval",
    "extra",
    "extra a photo",
  ];
  const rows = MIN_FACES.flatMap((minFace) =>
    [...photoSetNames.filter((name) => photos.some(({ set }) => set === name)), undefined].map((name) => {
      const own = <R extends BoxRecord>(all: readonly R[]): R[] =>
        all.filter((one) => one.minFace === minFace && (name === undefined || one.set === name));
      const sure = own(faces);
      const found = sure.filter(({ overlap }) => overlap !== null).length;
      const [many, extra] = [own(photos).length, own(extras).length];
      const interval = sure.length === 0 ? undefined : wilsonInterval(found, sure.length);
      return [
        String(minFace),
        name ?? "all",
        count(many),
        count(sure.length),
        count(found),
        percent(found / sure.length, 2),
        interval === undefined ? "-" : `${percent(interval.low)}-${percent(interval.high)}`,
        count(extra),
        (extra / many).toFixed(3),
      ];
    }),
  );
  const missed = faces.filter(({ overlap }) => overlap === null);
  return [
    "A face counts where the reference scores it at least 0.9 and is found where a box of ours overlaps it (IoU) by at least 0.5; pairs are one",
    "to one, the largest overlap first. A box of ours is extra where it stays alone when the boxes of both, each at its own thresholds, are",
    "paired in the same way at an overlap of at least 0.3.\n",
    toMarkdown([header, ...rows]),
    listed("Missed", ["score of the reference"], missed, () => []),
    listed("Extra", ["our score", "overlap with the nearest of the reference"], extras, ({ nearest }) => [
      nearest.toFixed(2),
    ]),
  ].join("\n");
}

function listed<R extends Of<"face"> | Of<"extra">>(
  title: string,
  columns: readonly string[],
  records: readonly R[],
  further: (record: R) => string[],
): string {
  if (records.length === 0) return `\n${title}: none.`;
  const rows = records.map((record) => [
    `${record.set}/${record.photo}`,
    String(record.minFace),
    place(record.box),
    record.score.toFixed(3),
    ...further(record),
  ]);
  return `\n${title}:\n\n${toMarkdown([["photo", "min face", "box", ...columns], ...rows])}`;
}

function place({ x, y, width, height }: Box): string {
  return `${Math.round(width)} x ${Math.round(height)} at ${Math.round(x)},${Math.round(y)}`;
}
