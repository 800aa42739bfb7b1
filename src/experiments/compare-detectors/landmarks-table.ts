import { quantile, toMarkdown } from "facelab";
import { count, percent } from "./cells.js";
import type { LandmarkRecord } from "./landmarks.js";
import { photoSetNames } from "./photo-sets.js";
import type { Section } from "./sections.js";

/** Median and 90th percentile of the distance, of each set and pooled. */
export function landmarksTable({ about, records }: Section<LandmarkRecord>): string {
  const present = photoSetNames.filter((name) => records.some(({ set }) => set === name));
  const rows = [...present, undefined].map((name) => {
    const errors = records.filter(({ set }) => name === undefined || set === name).map(({ error }) => error);
    return [
      name ?? "all",
      count(errors.length),
      percent(quantile(errors, 0.5), 2),
      percent(quantile(errors, 0.9), 2),
    ];
  });
  const padding = Number(about.settings.padding);
  const border =
    padding > 0
      ? `Faces of the celebrities touch the border: both weights were shown these photos with a black border of ${percent(padding, 0)} % of the photo's size on each side.`
      : "No photo was given a border.";
  return [
    "Mean distance of the five points from the reference's, in % of the reference's eye distance, on the faces that both found.",
    `${border}\n`,
    toMarkdown([["set", "faces", "median, %", "90th percentile, %"], ...rows]),
  ].join("\n");
}
