import { join } from "node:path";
import {
  createRandom,
  drawPerPerson,
  openEmbeddings,
  score,
  softmaxNetwork,
  writeEncodingsFile,
} from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { verdict } from "./verdict.js";

const folder = await temporaryFolder();

/** Opens two people who are easily told apart, three photos of each: every network of the notebook names them all. */
async function openOwn() {
  const random = createRandom(7);
  const photos = Array.from({ length: 6 }, (_, i) => {
    const embedding = Float32Array.from(
      { length: 4 },
      (_, k) => Number(k === i % 2) + 0.1 * random.uniform(),
    );
    const part = i < 4 ? ("train" as const) : ("test" as const);
    return { path: `${i}.jpg`, label: `person ${i % 2}`, part, kind: "face" as const, embedding };
  });
  const path = join(folder, "own.npz");
  await writeEncodingsFile(path, { name: "own", photos, provenance: null });
  return openEmbeddings(path);
}

const large = {
  hidden: [512, 512],
  epochs: 100,
  earlyStopping: false,
  dropout: 0,
  validationSplit: 0,
} as const;

describe("with the data that ship", () => {
  let lesson: Awaited<ReturnType<typeof openEmbeddings>>;
  beforeAll(async () => {
    lesson = await openEmbeddings();
  });
  const few = () => {
    const labels = lesson.train.map(({ label }) => label);
    const options = { photosPerPerson: 2, random: lesson.random.fork("few") };
    return drawPerPerson(labels, options).map((i) => lesson.train[i]!);
  };

  it("07.1 counts the weights and the biases", async () => {
    const { layers } = await softmaxNetwork({ epochs: 1 }).fit(lesson.train, lesson.random);
    const weights = layers.reduce((sum, layer) => sum + layer.weights.length, 0);
    const biases = layers.reduce((sum, layer) => sum + layer.bias.length, 0);
    expect(await verdict("07.1", weights + biases)).toBe("right");
    expect(await verdict("07.1", weights)).toMatch(/has a bias as well/);
    expect(await verdict("07.1", biases)).toMatch(/a weight for each input/);
    expect(await verdict("07.1", 1)).toMatch(/for each of model\.layers/);
  });

  it("07.2 is the gap between learned and new faces", async () => {
    const model = await softmaxNetwork(large).fit(few(), lesson.random.fork("network"));
    const [learned, asked] = [score(model, few()), score(model, lesson.test)];
    expect(learned).toBeGreaterThan(asked);
    expect(await verdict("07.2", learned - asked)).toBe("right");
    expect(await verdict("07.2", asked - learned)).toMatch(/the other way round/);
    expect(await verdict("07.2", learned)).toMatch(/among the learned faces/);
  });

  it("07.3 is the span of five seeds", async () => {
    const early = softmaxNetwork({ epochs: 3, earlyStopping: false });
    const shares: number[] = [];
    for (const i of [0, 1, 2, 3, 4]) {
      shares.push(score(await early.fit(few(), lesson.random.fork(`seed ${i}`)), lesson.test));
    }
    shares.sort((a, b) => a - b);
    expect(shares[4]).toBeGreaterThan(shares[0]!);
    expect(await verdict("07.3", shares[4]! - shares[0]!)).toBe("right");
    expect(await verdict("07.3", shares[4])).toMatch(/that is the luckiest/);
    expect(await verdict("07.3", 100 * (shares[4]! - shares[0]!))).toMatch(/not per cent/);
  });
});

it("takes what is right with six photos of one's own, where a mistake may be as right", async () => {
  const { train, test, random } = await openOwn();
  const model = await softmaxNetwork(large).fit(train, random.fork("network"));
  expect(score(model, train) - score(model, test)).toBe(0);
  expect(await verdict("07.2", 0)).toBe("right");
  expect(await verdict("07.2", 1)).toMatch(/among the learned faces/);
  expect(await verdict("07.1", 1)).toMatch(/not yet/);
  expect(await verdict("07.3", -1)).toMatch(/not yet/);
});
