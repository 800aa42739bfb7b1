import type { NpyArray } from "../datasets/npy-array.js";
import type { PhotoIdentity } from "../datasets/photo.js";
import { InputError } from "../errors.js";
import { identityArrays, readIdentities } from "./identity-arrays.js";
import { type NpzFields, textArray } from "./npz-fields.js";

/** A photo without a face, as the files carry it along: nothing is silently dropped between the steps. */
export interface SkippedPhoto extends PhotoIdentity {
  readonly path: string;
  readonly label: string;
  /** Only where the dataset is divided. */
  readonly part?: "train" | "test";
  readonly reason: string;
  readonly detail: string;
}

/** The arrays skippedPaths, skippedLabels, skippedParts (empty without a part), skippedReasons, skippedDetails and what tells copies. */
export function skippedArrays(skipped: readonly SkippedPhoto[]): Record<string, NpyArray> {
  return {
    skippedPaths: textArray(skipped.map(({ path }) => path)),
    skippedLabels: textArray(skipped.map(({ label }) => label)),
    skippedParts: textArray(skipped.map(({ part }) => part ?? "")),
    skippedReasons: textArray(skipped.map(({ reason }) => reason)),
    skippedDetails: textArray(skipped.map(({ detail }) => detail)),
    ...identityArrays("skipped", skipped),
  };
}

/** The way back; a file of somebody else's making has none. */
export function readSkipped(path: string, fields: NpzFields): SkippedPhoto[] {
  if (!fields.has("skippedPaths")) return [];
  const paths = fields.get("skippedPaths", ["unicode"], [null]).data;
  const column = (name: string): readonly string[] => fields.get(name, ["unicode"], [paths.length]).data;
  const labels = column("skippedLabels");
  const parts = readParts(path, "skippedParts", column("skippedParts"));
  const reasons = column("skippedReasons");
  const details = column("skippedDetails");
  const identities = readIdentities(path, fields, "skipped", paths.length);
  return paths.map((photo, i) => {
    const text = (list: readonly string[]): string => list[i] ?? "";
    return {
      path: photo,
      label: text(labels),
      ...parts[i],
      ...identities[i],
      reason: text(reasons),
      detail: text(details),
    };
  });
}

/** Parts as a file holds them: train, test, or empty where the dataset is not divided. */
export function readParts(
  path: string,
  name: string,
  words: readonly string[],
): { readonly part?: "train" | "test" }[] {
  return words.map((part) => {
    if (part === "") return {};
    if (part === "train" || part === "test") return { part };
    throw new InputError(`${path}: ${name} holds ${JSON.stringify(part)} (expected train or test)`);
  });
}
