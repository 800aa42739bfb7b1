import { cosineMean, cosineThreshold, createRandom, InputError, type Sample } from "facelab";
import { describe, expect, it } from "vitest";
import { blobs } from "./samples.js";

/** A vector in the plane; the cosine similarity of two is the cosine of the angle between them, whatever their lengths. */
const at = (label: string, degrees: number, length = 1): Sample => ({
  label,
  embedding: Float32Array.of(
    length * Math.cos((degrees * Math.PI) / 180),
    length * Math.sin((degrees * Math.PI) / 180),
  ),
});
const cos = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);
const learn = (samples: readonly Sample[], threshold: number | "fit" = "fit") =>
  cosineMean({ threshold }).fit(samples, createRandom(1));

describe("the mean", () => {
  it("is that of unit vectors: a long embedding does not weigh more", async () => {
    const model = await learn([at("a", 0, 50), at("a", 20), at("b", 90), at("b", 100)], -1);
    expect(model.predict(at("?", 40).embedding).score).toBeCloseTo(cos(30), 6);
    expect(model.predict(at("?", 90).embedding)).toMatchObject({ kind: "person", label: "b" });
    expect(model.predict(at("?", 90).embedding).score).toBeCloseTo(cos(5), 6);
  });

  it("lets one bad photo weigh less than the nearest face does", async () => {
    // A photo of a among those of b.
    const samples = [at("a", 0), at("a", 10), at("a", 80), at("b", 75), at("b", 70), at("b", 72)];
    const query = at("?", 83).embedding;
    expect((await learn(samples, -1)).predict(query)).toMatchObject({ label: "b" });
    const nearest = await cosineThreshold({ threshold: -1 }).fit(samples, createRandom(1));
    expect(nearest.predict(query)).toMatchObject({ label: "a" });
  });

  it("knows nothing of a person whose photos cancel out", async () => {
    const model = await learn([at("a", 0), at("a", 180), at("b", 90)], 0.5);
    expect(model.predict(at("?", 0).embedding)).toMatchObject({ kind: "unknown" });
    expect(model.predict(at("?", 80).embedding)).toMatchObject({ kind: "person", label: "b" });
  });
});

describe("the threshold", () => {
  it("compares each training face with the mean of its person's other faces", async () => {
    // Genuine: 0 and 10 are each 10 from the other; b: 50 is 15 from the mean 65 of 60 and 70, 60 is 0 from 60, 70 is 15 from 55.
    // Strangers: from a's mean at 5: 45, 55, 65; from b's mean at 60: 60, 50.
    const { chosen } = await learn([at("a", 0), at("a", 10), at("b", 50), at("b", 60), at("b", 70)]);
    // The least genuine similarity, since so few are enrolled; the strangers are far below.
    expect(chosen.threshold).toBeCloseTo(cos(15), 6);
    expect(chosen).toMatchObject({ falseAcceptRate: 0, falseRejectRate: 0 });
  });

  it("says unknown below it, and not at it", async () => {
    const samples = [at("a", 0), at("b", 90)];
    const query = at("?", 30).embedding;
    const { score } = (await learn(samples, -1)).predict(query);
    expect((await learn(samples, score)).predict(query)).toEqual({ kind: "person", label: "a", score });
    expect((await learn(samples, score + 1e-9)).predict(query)).toEqual({ kind: "unknown", score });
  });

  it("does without second photos as `cosine` does, of which it is then no different", async () => {
    const singles = blobs({ photos: [1, 1, 1, 1], spread: 1 });
    const mean = await learn(singles);
    const nearest = await cosineThreshold().fit(singles, createRandom(1));
    expect(mean.chosen).toEqual(nearest.chosen);
    for (const { embedding } of blobs({ photos: [3, 3], seed: 5 })) {
      expect(mean.predict(embedding).kind).toBe(nearest.predict(embedding).kind);
      expect(mean.predict(embedding).score).toBeCloseTo(nearest.predict(embedding).score, 12);
    }
  });

  it.each([1.1, -1.1, Number.NaN])("refuses %d", (threshold) => {
    expect(() => cosineMean({ threshold })).toThrow(InputError);
    expect(() => cosineMean({ threshold })).toThrow(
      `invalid threshold: ${threshold} (must be a number in -1..1, or fit)`,
    );
  });
});
