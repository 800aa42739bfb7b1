import { readFileSync } from "node:fs";
import { createRandom, InputError } from "facelab";
import { describe, expect, it, vi } from "vitest";
import { type DenseLayer, denseLogits } from "../../src/lib/dist/inference/dense-layers.js";
import {
  type DenseData,
  type DenseOptions,
  trainDenseNetwork,
} from "../../src/lib/dist/inference/dense-network.js";
import { loadTfjs } from "../../src/lib/dist/inference/tfjs-backend.js";

/** Points in the four quarters of the plane; opposite quarters are of one class, which no single layer can tell. */
function quarters(count: number, seed: number, noise = 0): DenseData {
  const random = createRandom(seed);
  const points = Array.from({ length: count }, () => [2 * random.uniform() - 1, 2 * random.uniform() - 1]);
  return {
    inputs: Float32Array.from(points.flat()),
    codes: Int32Array.from(points, ([x, y]) => Number(x! * y! > 0 !== random.uniform() < noise)),
  };
}

const options = (more: Partial<DenseOptions> = {}): DenseOptions => ({
  dimensions: 2,
  classes: 2,
  hidden: [16, 8],
  epochs: 5,
  batchSize: 16,
  learningRate: 0.02,
  dropout: 0,
  earlyStopping: false,
  random: createRandom(1),
  ...more,
});

/** Loss and accuracy by our own matrix code. */
function judge(layers: readonly DenseLayer[], { inputs, codes }: DenseData) {
  let loss = 0;
  let right = 0;
  codes.forEach((code, row) => {
    const logits = [...denseLogits(layers, inputs.subarray(2 * row, 2 * row + 2))];
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    loss += Math.log(total) - logits[code]!;
    if (logits.indexOf(Math.max(...logits)) === code) right++;
  });
  return { loss: loss / codes.length, accuracy: right / codes.length };
}

const train = quarters(100, 1);
const validation = quarters(60, 2);

describe("trainDenseNetwork", () => {
  it("learns what takes hidden layers", async () => {
    const { layers } = await trainDenseNetwork(train, undefined, options({ epochs: 60 }));
    expect(judge(layers, quarters(200, 3)).accuracy).toBeGreaterThan(0.93);
    expect(layers.map(({ inputs, outputs }) => [inputs, outputs])).toEqual([
      [2, 16],
      [16, 8],
      [8, 2],
    ]);
  });

  it("tells in its history what the weights do", async () => {
    const { layers, history, bestEpoch } = await trainDenseNetwork(train, validation, options());
    for (const curve of Object.values(history)) expect(curve).toHaveLength(5);
    expect(bestEpoch).toBe(5);
    const own = judge(layers, train);
    expect(history.loss.at(-1)).toBeCloseTo(own.loss, 4);
    expect(history.accuracy.at(-1)).toBe(own.accuracy);
    const held = judge(layers, validation);
    expect(history.valLoss.at(-1)).toBeCloseTo(held.loss, 4);
    expect(history.valAccuracy.at(-1)).toBe(held.accuracy);
  });

  it("has no validation curve without a validation part", async () => {
    const { history } = await trainDenseNetwork(train, undefined, options());
    expect(history.valLoss).toEqual([]);
    expect(history.valAccuracy).toEqual([]);
    expect(history.loss).toHaveLength(5);
  });

  it("stops early and goes back to the smallest loss", async () => {
    const noisy = quarters(40, 4, 0.4);
    const { layers, history, bestEpoch } = await trainDenseNetwork(
      noisy,
      validation,
      options({ epochs: 200, earlyStopping: 6, learningRate: 0.05 }),
    );
    const epochs = history.valLoss.length;
    expect(epochs).toBeLessThan(200);
    expect(bestEpoch).toBeLessThan(epochs);
    const smallest = Math.min(...history.valLoss);
    expect(history.valLoss[bestEpoch - 1]).toBe(smallest);
    expect(judge(layers, validation).loss).toBeCloseTo(smallest, 4);
    // Six epochs in a row brought nothing, and it did not stop before that.
    const stalled = history.valLoss.slice(0, -6);
    expect(Math.min(...history.valLoss.slice(-6))).toBeGreaterThan(Math.min(...stalled) - 1e-3);
  });

  it("is the same for the same seed only, and never asks Math.random", async () => {
    const spy = vi.spyOn(Math, "random");
    const learn = (seed: number) =>
      trainDenseNetwork(train, validation, options({ dropout: 0.3, random: createRandom(seed) }));
    const first = await learn(1);
    expect(await learn(1)).toEqual(first);
    expect((await learn(2)).layers[0]!.weights).not.toEqual(first.layers[0]!.weights);
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  });

  it("leaves no tensor behind, and the data as it was", async () => {
    const { tf } = await loadTfjs();
    const before = tf.memory().numTensors;
    const copy = { inputs: train.inputs.slice(), codes: train.codes.slice() };
    await trainDenseNetwork(train, validation, options({ dropout: 0.5, earlyStopping: 2 }));
    expect(tf.memory().numTensors).toBe(before);
    expect(train).toEqual(copy);
    const far = options({ learningRate: 1e38 });
    await expect(trainDenseNetwork(train, undefined, far)).rejects.toThrow(InputError);
    await expect(trainDenseNetwork(train, undefined, far)).rejects.toThrow(
      /^training diverged: .* in epoch \d/,
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  it("gives finite weights or none: some kernels take NaN for 0, so that the loss looks well", async () => {
    for (const factor of [1, 1e15, 1e25, 1e30, 1e38]) {
      const scaled = { ...train, inputs: train.inputs.map((value) => value * factor) };
      const outcome = await trainDenseNetwork(scaled, undefined, options()).catch((error: Error) => error);
      if (outcome instanceof Error) expect(outcome.message).toMatch(/^training diverged/);
      else
        for (const { weights, bias } of outcome.layers)
          expect([...weights, ...bias].every(Number.isFinite)).toBe(true);
    }
  });

  it("lets others have a turn between epochs", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await trainDenseNetwork(train, undefined, options({ epochs: 10 }));
    clearInterval(timer);
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  it("keeps the types of tensorflow.js to itself", () => {
    const url = new URL("../../src/lib/dist/inference/dense-network.d.ts", import.meta.url);
    expect(readFileSync(url, "utf8")).not.toMatch(/tensorflow\/|tfjs-backend/);
  });
});

describe("denseLogits", () => {
  it("multiplies, adds, and cuts off below 0 except in the last layer", () => {
    const layers = [
      { inputs: 2, outputs: 3, weights: Float32Array.of(1, 0, -1, 2, 1, 0), bias: Float32Array.of(0, -3, 1) },
      { inputs: 3, outputs: 2, weights: Float32Array.of(1, -1, 5, 5, 2, 0.5), bias: Float32Array.of(-20, 1) },
    ];
    // First layer of (3, 2): 7, -1, -2 -> 7, 0, 0. Of (-1, 2): 3, -1, 2 -> 3, 0, 2.
    expect([...denseLogits(layers, [3, 2])]).toEqual([-13, -6]);
    expect([...denseLogits(layers, [-1, 2])]).toEqual([-13, -1]);
  });
});
