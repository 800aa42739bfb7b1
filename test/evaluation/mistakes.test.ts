import { mistakes } from "facelab";
import { describe, expect, it } from "vitest";
import { handMade } from "../plots/hand-made.js";

describe("mistakes", () => {
  it("counts each wrong answer to a photo over the repeats, the surest first", () => {
    const evaluation = handMade({
      knn: [
        [
          ["Ada", "Bo", 0.5],
          ["Bo", "Bo", 1],
          ["Cy", "-"],
        ],
        [
          ["Ada", "Bo", 0.75],
          ["Bo", "?", 0.25],
          ["Cy", "Ada", 0.9],
        ],
        [
          ["Ada", "Ada", 0.9],
          ["Bo", "Ada", 0.3],
          ["Cy", "Cy", 0.9],
        ],
      ],
      other: [[["Ada", "Cy", 1]], [], []],
    });
    expect(mistakes(evaluation, "knn")).toEqual([
      { path: "Cy/2.jpg", label: "Cy", predicted: "Ada", probability: 0.9, times: 1, tests: 2 },
      { path: "Ada/0.jpg", label: "Ada", predicted: "Bo", probability: 0.75, times: 2, tests: 3 },
      { path: "Bo/1.jpg", label: "Bo", predicted: "Ada", probability: 0.3, times: 1, tests: 3 },
      { path: "Bo/1.jpg", label: "Bo", predicted: null, probability: 0.25, times: 1, tests: 3 },
    ]);
  });
});
