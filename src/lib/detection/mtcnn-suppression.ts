import type { RefinedBox, Refinement } from "./mtcnn-refinement.js";
import type { MtcnnSettings } from "./mtcnn-settings.js";
import { nonMaximumSuppression } from "./non-maximum-suppression.js";

/**
 * Thins out what R-Net let pass: of answers that overlap only the best goes on. Overlap is that of the squares that were shown, or of the boxes
 * that were made of them; what goes on are the boxes either way.
 */
export function suppressRefined(
  refined: readonly Refinement[],
  { suppression, overlap }: Pick<MtcnnSettings, "suppression" | "overlap">,
): RefinedBox[] {
  const compared = ({ square, refined: box }: Refinement) => (suppression === "squares" ? square : box);
  const boxes = new Map(refined.map((answer) => [compared(answer), answer.refined]));
  return nonMaximumSuppression([...boxes.keys()], overlap).map((key) => boxes.get(key) as RefinedBox);
}
