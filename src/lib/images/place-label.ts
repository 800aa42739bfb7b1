import type { Box } from "../types.js";

/**
 * Where to put a label beside a box: above, below, inside of it at the top or the bottom, or at a side: the first of the places that
 * covers the least of the labels that are placed already and of the boxes; always inside of the picture.
 * @param size of the label; what is larger than the picture begins at its top-left corner.
 * @param labels placed before this one. They count much more than boxes: text over text cannot be read at all.
 * @returns whole pixels.
 */
export function placeLabel(
  box: Box,
  size: { readonly width: number; readonly height: number },
  picture: { readonly width: number; readonly height: number },
  { labels, boxes }: { readonly labels: readonly Box[]; readonly boxes: readonly Box[] },
): Box {
  const { width, height } = size;
  // Whole pixels outside of the box, so that a label beside it covers nothing of it.
  const top = Math.floor(box.y);
  const bottom = Math.ceil(box.y + box.height);
  const middle = box.x + (box.width - width) / 2;
  const flush = [middle, box.x, box.x + box.width - width];
  const places = [
    ...flush.map((x) => ({ x, y: top - height })),
    ...flush.map((x) => ({ x, y: bottom })),
    { x: middle, y: top },
    { x: middle, y: bottom - height },
    { x: Math.floor(box.x) - width, y: top },
    { x: Math.ceil(box.x + box.width), y: top },
  ].map(({ x, y }) => ({
    x: within(Math.round(x), picture.width - width),
    y: within(y, picture.height - height),
    width,
    height,
  }));
  const others = boxes.filter((other) => other !== box);
  const cost = (place: Box): number =>
    sum(others.map((other) => shared(place, other))) +
    shared(place, box) / 4 +
    10 * sum(labels.map((label) => shared(place, label)));
  return places.reduce((best, place) => (cost(place) < cost(best) ? place : best));
}

function within(value: number, max: number): number {
  return Math.max(0, Math.min(value, max));
}

/** Area of the overlap in pixels. */
function shared(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
