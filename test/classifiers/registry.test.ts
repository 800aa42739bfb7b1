import { createClassifier, InputError } from "facelab";
import { expect, it } from "vitest";

it("makes a classifier by name, with the factory's defaults and the given options", () => {
  expect(createClassifier("knn", { nNeighbors: 3 }).params).toEqual({
    nNeighbors: 3,
    weights: "uniform",
    metric: "cosine",
  });
  expect(createClassifier("svm").params).toMatchObject({ c: "search", folds: 3 });
});

it.each(["foo", "toString", ""])("refuses the name %j", (name) => {
  expect(() => createClassifier(name)).toThrow(InputError);
  expect(() => createClassifier(name)).toThrow(
    new RegExp(`^unknown classifier: ${name} \\(expected svm, .*cosine`),
  );
});

it("refuses misspelt options and invalid values", () => {
  expect(() => createClassifier("knn", { k: 3 })).toThrow(
    "unknown option of knn: k (expected nNeighbors, weights, metric)",
  );
  expect(() => createClassifier("knn", { nNeighbors: 0 })).toThrow(
    "invalid nNeighbors: 0 (must be an integer >= 1)",
  );
});
