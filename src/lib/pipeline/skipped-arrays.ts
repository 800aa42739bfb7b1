import type { NpyArray } from "../datasets/npy-array.js";
import { InputError } from "../errors.js";
import { type NpzFields, textArray } from "./npz-fields.js";

/** A photo without a face, as the files carry it along: nothing is silently dropped between the steps. */
export interface SkippedPhoto {
  readonly path: string;
  readonly label: string;
  readonly part: "train" | "test";
  readonly reason: string;
  readonly detail: string;
}

/** The arrays skippedPaths, skippedLabels, skippedParts, skippedReasons and skippedDetails. */
export function skippedArrays(skipped: readonly SkippedPhoto[]): Record<string, NpyArray> {
  return {
    skippedPaths: textArray(skipped.map(({ path }) => path)),
    skippedLabels: textArray(skipped.map(({ label }) => label)),
    skippedParts: textArray(skipped.map(({ part }) => part)),
    skippedReasons: textArray(skipped.map(({ reason }) => reason)),
    skippedDetails: textArray(skipped.map(({ detail }) => detail)),
  };
}

/** The way back; a file of somebody else's making has none. */
export function readSkipped(path: string, fields: NpzFields): SkippedPhoto[] {
  if (!fields.has("skippedPaths")) return [];
  const paths = fields.get("skippedPaths", ["unicode"], [null]).data;
  const column = (name: string): readonly string[] => fields.get(name, ["unicode"], [paths.length]).data;
  const labels = column("skippedLabels");
  const parts = column("skippedParts");
  const reasons = column("skippedReasons");
  const details = column("skippedDetails");
  return paths.map((photo, i) => {
    const part = parts[i];
    if (part !== "train" && part !== "test") {
      throw new InputError(`${path}: skippedParts holds ${JSON.stringify(part)} (expected train or test)`);
    }
    const text = (list: readonly string[]): string => list[i] ?? "";
    return { path: photo, label: text(labels), part, reason: text(reasons), detail: text(details) };
  });
}
