import { compareCodePoints } from "../compare-code-points.js";

/** The positions of each label, the labels sorted by code point. */
export function groupByLabel(labels: readonly string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [position, label] of labels.entries()) {
    const group = groups.get(label);
    if (group) group.push(position);
    else groups.set(label, [position]);
  }
  return new Map([...groups].sort(([a], [b]) => compareCodePoints(a, b)));
}
