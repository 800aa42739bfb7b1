import type { Aligner, Landmarks5, Point } from "../types.js";
import { fivePointAligner } from "./five-point-aligner.js";

/** The width for which InsightFace publishes the points. */
const PUBLISHED_SIZE = 112;

/** Deng et al.: ArcFace, 2019; InsightFace's `arcface_dst`, in pixels of 112 x 112. */
const TEMPLATE: Landmarks5 = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
];

/**
 * The chip of ArcFace, InsightFace's networks and MobileFaceNet: upright, 112 x 112.
 * @param size width and height in pixels; the points grow with it. @default 112
 */
export function arcfaceAligner({ size = PUBLISHED_SIZE }: { size?: number } = {}): Aligner {
  const grown = ({ x, y }: Point): Point => ({
    x: (x * size) / PUBLISHED_SIZE,
    y: (y * size) / PUBLISHED_SIZE,
  });
  return fivePointAligner({
    name: `arcface-${size}`,
    size,
    template: TEMPLATE.map(grown) as unknown as Landmarks5,
  });
}
