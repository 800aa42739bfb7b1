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
 * Chosen on LFW's View 1 (training), by the recall of 3,053 faces, among them the small ones behind. Squares shown side by side become nearly the
 * same box, and O-Net is spared three in five at the cost of one face; at an overlap of .7 three faces are lost, at .85 and .9 as many as at .8. A
 * higher threshold of P-Net would be faster by a twentieth or two, but misses plain faces now and then.
 */
const ours: MtcnnSettings = { suppression: "boxes", overlap: 0.8, secondLook: true };

/** What weights of our recipe are run with, and what any others. */
export function mtcnnSettings({ recipe }: Pick<WeightFile, "recipe">): MtcnnSettings {
  return recipe === undefined ? published : ours;
}
