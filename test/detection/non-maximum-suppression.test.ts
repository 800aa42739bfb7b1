import { createRandom, nonMaximumSuppression, overlap, type ScoredBox } from "facelab";
import { describe, expect, it } from "vitest";

/** Overlap by counting pixels one by one; for boxes with whole corners within 0..40. */
function countedOverlap(a: ScoredBox, b: ScoredBox, measure: "union" | "smaller"): number {
  const inside = (box: ScoredBox, x: number, y: number) =>
    x >= box.x1 && x < box.x2 && y >= box.y1 && y < box.y2;
  const count = { a: 0, b: 0, both: 0, either: 0 };
  for (let y = 0; y < 40; y++) {
    for (let x = 0; x < 40; x++) {
      const inA = inside(a, x, y);
      const inB = inside(b, x, y);
      count.a += Number(inA);
      count.b += Number(inB);
      count.both += Number(inA && inB);
      count.either += Number(inA || inB);
    }
  }
  return count.both / (measure === "union" ? count.either : Math.min(count.a, count.b));
}

/** By the definition: a box survives if no survivor of a better rank overlaps it too much. */
function bruteForce(boxes: readonly ScoredBox[], threshold: number, measure: "union" | "smaller") {
  const survives = new Map<ScoredBox, boolean>();
  const better = (a: ScoredBox, b: ScoredBox) =>
    a.score > b.score || (a.score === b.score && boxes.indexOf(a) < boxes.indexOf(b));
  const decide = (box: ScoredBox): boolean => {
    const known = survives.get(box);
    if (known !== undefined) return known;
    const answer = !boxes.some(
      (other) => better(other, box) && decide(other) && countedOverlap(other, box, measure) > threshold,
    );
    survives.set(box, answer);
    return answer;
  };
  return boxes.filter(decide).sort((a, b) => (better(a, b) ? -1 : 1));
}

function randomBoxes(seed: number, count: number): ScoredBox[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const [x1, y1] = [random.integer(25), random.integer(25)];
    // Few different scores: ties are frequent.
    const score = random.integer(10) / 10;
    return { x1, y1, x2: x1 + 1 + random.integer(15), y2: y1 + 1 + random.integer(15), score };
  });
}

describe("nonMaximumSuppression", () => {
  it.each(["union", "smaller"] as const)("keeps what brute force keeps, against the %s", (measure) => {
    for (let seed = 0; seed < 12; seed++) {
      const boxes = randomBoxes(seed, 40);
      for (const threshold of [0, 0.3, 0.5, 0.7]) {
        const kept = nonMaximumSuppression(boxes, threshold, measure);
        expect(kept).toEqual(bruteForce(boxes, threshold, measure));
        if (threshold <= 0.3) expect(kept.length).toBeLessThan(boxes.length);
      }
    }
  });

  it("drops only what is above the threshold, not what is at it", () => {
    const boxes = [
      { x1: 0, y1: 0, x2: 10, y2: 10, score: 0.9 },
      { x1: 0, y1: 0, x2: 10, y2: 5, score: 0.8 },
    ];
    expect(nonMaximumSuppression(boxes, 0.5)).toHaveLength(2);
    expect(nonMaximumSuppression(boxes, 0.499)).toEqual([boxes[0]]);
    expect(nonMaximumSuppression(boxes, 0.999, "smaller")).toEqual([boxes[0]]);
  });

  it("lets a suppressed box suppress nobody", () => {
    const chain = [0, 4, 8].map((x1, i) => ({ x1, y1: 0, x2: x1 + 10, y2: 10, score: 0.9 - i / 10 }));
    expect(nonMaximumSuppression(chain, 0.3)).toEqual([chain[0], chain[2]]);
  });

  it("returns the caller's objects, and leaves the list as it was", () => {
    const boxes = randomBoxes(3, 10).map((box, i) => ({ ...box, tag: i }));
    const before = structuredClone(boxes);
    for (const kept of nonMaximumSuppression(boxes, 0.4)) expect(boxes).toContain(kept);
    expect(boxes).toEqual(before);
    expect(nonMaximumSuppression([], 0.5)).toEqual([]);
  });
});

describe("overlap", () => {
  it("is what counting pixels gives", () => {
    const boxes = randomBoxes(99, 30);
    for (const a of boxes) {
      for (const b of boxes) {
        for (const measure of ["union", "smaller"] as const) {
          expect(overlap(a, b, measure)).toBeCloseTo(countedOverlap(a, b, measure), 12);
        }
      }
    }
  });

  it("is 0 for boxes that only touch, and for empty ones", () => {
    const box = { x1: 0, y1: 0, x2: 10, y2: 10, score: 1 };
    expect(overlap(box, { ...box, x1: 10, x2: 20 })).toBe(0);
    expect(overlap(box, { ...box, x1: 5, x2: 5 })).toBe(0);
  });
});
