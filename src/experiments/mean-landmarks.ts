import { InputError, type Landmarks5, type Point } from "facelab";

/** Where the five points are on average, in the order of {@link Landmarks5}. @throws InputError of no landmarks. */
export function meanLandmarks(all: readonly Landmarks5[]): Landmarks5 {
  if (all.length === 0) throw new InputError("no face found in any photo (are these the right weights?)");
  const mean = (index: number): Point => ({
    x: all.reduce((sum, five) => sum + (five[index] as Point).x, 0) / all.length,
    y: all.reduce((sum, five) => sum + (five[index] as Point).y, 0) / all.length,
  });
  return [mean(0), mean(1), mean(2), mean(3), mean(4)];
}
