import { InputError, labelEncoder } from "facelab";
import { expect, it } from "vitest";
import { reference } from "./samples.js";

it("sorts and numbers labels as scikit-learn's LabelEncoder does", () => {
  const { labels, classes, codes } = reference<{ labels: string[]; classes: string[]; codes: number[] }>(
    "label-encoder",
  );
  const encoder = labelEncoder(labels);
  expect(encoder.classes).toEqual(classes);
  expect([...encoder.transform(labels)]).toEqual(codes);
  expect(encoder.inverseTransform(codes)).toEqual(labels);
});

it("refuses labels and codes that it does not know", () => {
  const encoder = labelEncoder(["b", "a"]);
  expect(() => encoder.transform(["a", "c"])).toThrow(InputError);
  expect(() => encoder.transform(["a", "c"])).toThrow(
    "unknown label: c (must be one of the 2 fitted labels)",
  );
  for (const code of [2, -1, 0.5]) {
    expect(() => encoder.inverseTransform([code])).toThrow(
      `invalid code: ${code} (must be an integer in 0..1)`,
    );
  }
  expect(() => encoder.transform(["constructor"])).toThrow("unknown label: constructor");
});
