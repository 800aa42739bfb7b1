import { createRandom, linearSvm, svmC1 } from "facelab";
import { expect, it } from "vitest";
import { blobs } from "./samples.js";

it("is the linear SVM with C = 1 and no search, under a name of its own", async () => {
  const samples = blobs({ photos: [5, 3, 6], spread: 1 });
  const own = await svmC1().fit(samples, createRandom(1));
  const fixed = await linearSvm({ c: 1 }).fit(samples, createRandom(1));
  expect(svmC1().name).toBe("svm-c1");
  expect(svmC1().params).toEqual(linearSvm({ c: 1 }).params);
  expect(own.chosen).toMatchObject({ c: 1, cvGrid: [1] });
  expect(own.coef).toEqual(fixed.coef);
  expect(own.intercept).toEqual(fixed.intercept);
  expect(own.toJSON?.().kind).toBe("svm-c1");
  expect(fixed.toJSON?.().kind).toBe("svm");
});

it("underfits people who lie close together and have few photos beside one with many", async () => {
  const apart = blobs({ photos: [80, ...Array(12).fill(8)], dimensions: 32, spread: 0.4, seed: 4 });
  const close = apart.map(({ embedding, label }) => ({ label, embedding: embedding.map((v) => v + 8) }));
  const train = close.filter((_, i) => i % 2 === 0);
  const test = close.filter((_, i) => i % 2 === 1);
  const right = async (classifier: typeof svmC1) => {
    const model = await classifier().fit(train, createRandom(1));
    const hits = test.filter(({ embedding, label }) => {
      const prediction = model.predict(embedding);
      return prediction.kind === "person" && prediction.label === label;
    });
    return hits.length / test.length;
  };
  const [c1, searched] = [await right(svmC1), await right(linearSvm)];
  expect(searched).toBeGreaterThan(0.95);
  expect(c1).toBeLessThan(0.9);
});
