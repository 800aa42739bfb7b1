import { cosineThreshold, createRandom, type Sample } from "facelab";
import { describe, expect, it } from "vitest";
import { blobs, largestDifference } from "./samples.js";

/** Unit vectors in the plane: the cosine similarity of two is the cosine of the angle between them. */
const at = (label: string, degrees: number): Sample => ({
  label,
  embedding: Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)),
});
const cos = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);
const learn = (samples: readonly Sample[], threshold: number | "fit" = "fit") =>
  cosineThreshold({ threshold }).fit(samples, createRandom(1));

describe("the threshold", () => {
  it("is raised from the middle of the gap to the least genuine similarity where few are enrolled", async () => {
    // Genuine: 4, 4, 10, 10 degrees apart; the nearest of the other person: 50 from 4, 54 from 0, 50 from 54, 60 from 64.
    const four = [at("a", 0), at("a", 4), at("b", 54), at("b", 64)];
    const { chosen } = await learn(four);
    expect(chosen.threshold).toBeCloseTo(cos(10), 6);
    expect(chosen).toMatchObject({ falseAcceptRate: 0, falseRejectRate: 0 });
    // 58 people more, all far from these two: strangers enough to believe the gap.
    const others = (count: number): Sample[] =>
      Array.from({ length: count }, (_, i) => at(`stranger ${i}`, 150 + i));
    const lots = await learn([...four, ...others(58)]);
    expect(lots.chosen.threshold).toBeCloseTo((cos(10) + cos(50)) / 2, 6);
    expect((await learn([...four, at("c", 150)])).chosen.threshold).toBeCloseTo(cos(10), 6);
  });

  it("has the smallest sum of both error rates where they overlap", async () => {
    const samples = blobs({
      photos: [9, 7, 8, 6, ...new Array<number>(60).fill(1)],
      dimensions: 6,
      spread: 0.5,
      seed: 1,
    });
    const { chosen } = await learn(samples);
    const similarity = (a: Sample, b: Sample): number => {
      let [ab, aa, bb] = [0, 0, 0];
      a.embedding.forEach((value, i) => {
        ab += value * b.embedding[i]!;
        aa += value * value;
        bb += b.embedding[i]! ** 2;
      });
      return ab / Math.sqrt(aa * bb);
    };
    const best = (a: Sample, same: boolean): number =>
      Math.max(
        ...samples.filter((b) => b !== a && (a.label === b.label) === same).map((b) => similarity(a, b)),
      );
    const genuine = samples.map((a) => best(a, true)).filter(Number.isFinite);
    expect(genuine.length).toBe(30);
    const impostor = samples.map((a) => best(a, false));
    const rates = (t: number) => ({
      falseAcceptRate: impostor.filter((s) => s >= t).length / impostor.length,
      falseRejectRate: genuine.filter((s) => s < t).length / genuine.length,
    });
    const sum = (t: number): number => rates(t).falseAcceptRate + rates(t).falseRejectRate;
    const fitted = chosen.threshold as number;
    expect(chosen).toMatchObject(rates(fitted));
    expect(sum(fitted)).toBeGreaterThan(0);
    for (let t = -1; t <= 1; t += 0.0005) expect(sum(fitted)).toBeLessThanOrEqual(sum(t) + 1e-12);
  });

  it("accepts every photo of an only person", async () => {
    const { chosen } = await learn([at("a", 0), at("a", 10), at("a", 30)]);
    expect(chosen.threshold).toBeCloseTo(cos(20), 6);
    expect(chosen).toMatchObject({ falseAcceptRate: null, falseRejectRate: 0, temperature: 1 });
  });

  it("lies half-way from the best stranger to 1 where everybody has one photo", async () => {
    const { chosen } = await learn([at("a", 0), at("b", 40), at("c", 100)]);
    expect(chosen.threshold).toBeCloseTo((1 + cos(40)) / 2, 6);
    expect(chosen).toMatchObject({ falseAcceptRate: 0, falseRejectRate: null, temperature: 1 });
  });

  it("is 0.5 where there is one photo", async () => {
    expect((await learn([at("a", 0)])).chosen).toMatchObject({
      threshold: 0.5,
      falseAcceptRate: null,
      falseRejectRate: null,
    });
  });

  it("can be fixed", async () => {
    const model = await learn([at("a", 0), at("a", 4), at("b", 90)], 0.9);
    expect(model.chosen).toEqual({ threshold: 0.9, temperature: model.chosen.temperature });
    expect(model.predict(at("?", -25).embedding)).toEqual({
      kind: "person",
      label: "a",
      score: expect.closeTo(cos(25), 6),
    });
    expect(model.predict(at("?", -26).embedding)).toEqual({
      kind: "unknown",
      score: expect.closeTo(cos(26), 6),
    });
    const [lax, strict] = [await learn([at("a", 0)], -1), await learn([at("a", 0)], 1)];
    expect(lax.predict(at("?", 180).embedding)).toMatchObject({ kind: "person" });
    expect(strict.predict(at("?", 1).embedding)).toMatchObject({ kind: "unknown" });
  });

  it.each([1.1, -1.1, Number.NaN])("cannot be %d", (threshold) => {
    expect(() => cosineThreshold({ threshold })).toThrow(
      `invalid threshold: ${threshold} (must be a number in -1..1, or fit)`,
    );
  });
});

it("compares with the nearest photo of a person, not with their mean", async () => {
  const model = await learn([at("a", 0), at("a", 90), at("b", 50), at("b", 55)], 0);
  expect(model.predict(at("?", 85).embedding)).toMatchObject({
    label: "a",
    score: expect.closeTo(cos(5), 6),
  });
});

describe("probabilities", () => {
  it("have the temperature with the smallest leave-one-out log-loss", async () => {
    const samples = [
      at("a", 0),
      at("a", 50),
      at("b", 40),
      at("b", 90),
      at("c", 200),
      at("c", 240),
      at("d", 300),
    ];
    const { chosen } = await learn(samples);
    // The documented loss, written down again: each photo of a person who has another one, and one evenly spread question.
    const loss = (temperature: number): number => {
      const questions = samples.slice(0, 6).map((a) => {
        const logits = ["a", "b", "c", "d"].map(
          (label) =>
            Math.max(
              ...samples
                .filter((b) => b !== a && b.label === label)
                .map((b) => a.embedding[0]! * b.embedding[0]! + a.embedding[1]! * b.embedding[1]!),
            ) / temperature,
        );
        const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
        const own = total - logits["abcd".indexOf(a.label)]!;
        return own + (total - logits.reduce((sum, logit) => sum + logit / 4, 0)) / 6;
      });
      return questions.reduce((sum, one) => sum + one, 0);
    };
    const fitted = chosen.temperature as number;
    expect(loss(fitted)).toBeLessThan(loss(fitted * 1.01));
    expect(loss(fitted)).toBeLessThan(loss(fitted / 1.01));
  });

  it("are the softmax of the people's similarities, surer where people are further apart", async () => {
    const far = await learn([at("a", 0), at("a", 2), at("b", 90), at("b", 92)]);
    const probabilities = far.predictProba(at("?", 30).embedding);
    const odds = Math.exp((cos(28) - cos(60)) / (far.chosen.temperature as number));
    expect(largestDifference(probabilities, [odds / (1 + odds), 1 / (1 + odds)])).toBeLessThan(1e-6);
    const mixed = await learn([at("a", 0), at("a", 91), at("b", 90), at("b", 2)]);
    expect(mixed.chosen.temperature as number).toBeGreaterThan(far.chosen.temperature as number);
  });
});
