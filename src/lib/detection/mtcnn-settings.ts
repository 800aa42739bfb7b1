import type { WeightFile } from "../inference/tfjs-weights.js";

/** What is best for one set of weights and not for another. */
export interface MtcnnSettings {
  /**
   * Of R-Net's answers that overlap by more than `overlap` (IoU) only the best goes on to O-Net: as the `squares` that R-Net was shown, or as the
   * `boxes` that it made of them.
   */
  readonly suppression: "squares" | "boxes";
  readonly overlap: number;
  readonly secondLook: boolean;
}

/** Those of the published weights, which answer with them what they answer elsewhere. */
const published: MtcnnSettings = { suppression: "squares", overlap: 0.7, secondLook: false };

/**
 * The overlap was chosen on LFW's View 1 (training), by the recall of 3,049 faces, among them the small ones behind. Squares shown side by side
 * become nearly the same box, and O-Net is spared some three in five at the cost of two faces (98.39 to 98.33 %); at .7 it would be four, at .85
 * and .9 one, but more squares. A P-Net threshold above .6 misses plain faces now and then, and so is left as published.
 */
const ours: MtcnnSettings = { suppression: "boxes", overlap: 0.8, secondLook: true };

/** What weights of our recipe are run with, and what any others. */
export function mtcnnSettings({ recipe }: Pick<WeightFile, "recipe">): MtcnnSettings {
  return recipe === undefined ? published : ours;
}
