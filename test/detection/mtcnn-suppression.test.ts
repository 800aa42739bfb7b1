import { expect, it } from "vitest";
import { suppressRefined } from "../../src/lib/dist/detection/mtcnn-suppression.js";

const square = (x: number, score: number) => ({ x1: x, y1: 0, x2: x + 10, y2: 10, score });
// Two squares side by side that became one box, and one that became another's place: (10 - 4) / (10 + 4) of the first two overlaps.
const answers = [
  { square: square(0, 0.8), refined: square(2, 0.8) },
  { square: square(4, 0.9), refined: square(2.5, 0.9) },
  { square: square(4.2, 0.7), refined: square(30, 0.7) },
];
const [first, second, third] = answers.map(({ refined }) => refined);

it("drops what overlaps a better square, and passes on the boxes", () => {
  expect(suppressRefined(answers, { suppression: "squares", overlap: 0.7 })).toEqual([second, first]);
  expect(suppressRefined(answers, { suppression: "squares", overlap: 0.3 })).toEqual([second]);
});

it("drops what overlaps a better box, wherever its square was", () => {
  expect(suppressRefined(answers, { suppression: "boxes", overlap: 0.8 })).toEqual([second, third]);
  expect(suppressRefined(answers, { suppression: "boxes", overlap: 0.95 })).toEqual([second, first, third]);
});

it("has nothing to pass on of nothing", () => {
  expect(suppressRefined([], { suppression: "boxes", overlap: 0.8 })).toEqual([]);
});
