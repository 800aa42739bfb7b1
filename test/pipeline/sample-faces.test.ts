import {
  createRandom,
  evaluate,
  InputError,
  nearestNeighbours,
  type RgbImage,
  type SampleFaceSet,
  sampleFaces,
  sampleTestVariations,
  sampleTrainVariations,
} from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { faceAt, fakePipeline } from "../support/fake-pipeline.js";
import { pixelAt } from "../support/synthetic-images.js";

/** Right to left, and a small mistake: what sampleFaces has to put in order and to leave out. */
const detect = () => [faceAt(1100, 300, 300), faceAt(300, 300, 300), faceAt(700, 900, 100)];
/** Far apart for chips of which only a little differs. */
const apart = ({ data }: RgbImage): Float32Array => {
  const sum = data.reduce((a, b) => a + b, 0);
  return Float32Array.of(sum % 101, sum % 89, 1);
};
const train = [
  { kind: "plain", strength: 0 },
  { kind: "mirror", strength: 0 },
  { kind: "shift", strength: 0.1 },
] as const;
const test = [{ kind: "noise", strength: 30 }] as const;
const make = (seed: number) =>
  sampleFaces({
    pipeline: fakePipeline(detect, apart),
    random: createRandom(seed),
    trainVariations: train,
    testVariations: test,
  });

describe("sampleFaces", () => {
  let set: SampleFaceSet;
  const of = (label: string, kind: string) =>
    set.photos.find((face) => face.label === label && face.variation.kind === kind)!;
  beforeAll(async () => {
    set = await make(1);
  });

  it("names the faces by photo, from left to right, each with all its variations", () => {
    expect(set.leftOut.tooSmall).toBe(6);
    const labels = [...new Set(set.photos.map(({ label }) => label))];
    expect(labels.length + set.leftOut.perhapsTheSamePerson).toBe(12);
    expect(labels.slice(0, 2)).toEqual(["face-01", "face-02"]);
    expect(
      set.photos.filter(({ label }) => label === "face-01").map(({ part, path }) => [part, path]),
    ).toEqual([
      ["train", "sample1.jpg, face-01, plain"],
      ["train", "sample1.jpg, face-01, mirror"],
      ["train", "sample1.jpg, face-01, shift 0.1"],
      ["test", "sample1.jpg, face-01, noise 30"],
    ]);
    expect(new Set(set.photos.map(({ path }) => path)).size).toBe(4 * labels.length);
  });

  it("gives crops and landmarks as extract does: the box as a square of 160 pixels", () => {
    const { crop, landmarks, chip } = of("face-01", "plain");
    expect([crop.width, crop.height, chip.width, chip.height]).toEqual([160, 160, 150, 150]);
    // The box is 300 x 360, its square 360 wide and 30 pixels further left; the left eye is at 0.3, 0.35 of the width.
    const scale = 160 / 360;
    expect(landmarks[0].x).toBeCloseTo((30 + 90) * scale, 0);
    expect(landmarks[0].y).toBeCloseTo(105 * scale, 0);
  });

  it("mirrors the landmarks with the face, and leaves them where they are otherwise", () => {
    const [plain, mirrored, shifted] = ["plain", "mirror", "shift"].map((kind) => of("face-01", kind));
    expect(mirrored!.landmarks[0].x).toBeCloseTo(159 - plain!.landmarks[1].x);
    expect(mirrored!.landmarks[3].x).toBeCloseTo(159 - plain!.landmarks[4].x);
    expect(mirrored!.landmarks[0].y).toBeCloseTo(plain!.landmarks[1].y);
    expect(shifted!.landmarks).toEqual(plain!.landmarks);
    expect(pixelAt(mirrored!.crop, 30, 50, 0)).toBe(pixelAt(plain!.crop, 129, 50, 0));
  });

  it("takes lengths as parts of the face's square", () => {
    const [plain, shifted] = [of("face-02", "plain").crop, of("face-02", "shift").crop];
    let best = { error: Number.POSITIVE_INFINITY, length: 0 };
    for (let dy = -20; dy <= 20; dy++) {
      for (let dx = -20; dx <= 20; dx++) {
        let error = 0;
        for (let y = 30; y < 130; y += 4)
          for (let x = 30; x < 130; x += 4)
            error += Math.abs(pixelAt(shifted, x, y, 0) - pixelAt(plain, x + dx, y + dy, 0));
        if (error < best.error) best = { error, length: Math.hypot(dx, dy) };
      }
    }
    expect(best.length).toBeGreaterThan(15);
    expect(best.length).toBeLessThan(17);
  });

  it("repeats with its seed, and differs in another one only where something is drawn", async () => {
    const [again, other] = await Promise.all([make(1), make(2)]);
    const same = (a: SampleFaceSet, kind: string) =>
      a.photos
        .filter(({ variation }) => variation.kind === kind)
        .every((face) => Buffer.compare(face.crop.data, of(face.label, kind).crop.data) === 0);
    for (const kind of ["plain", "mirror", "shift", "noise"]) expect(same(again, kind)).toBe(true);
    expect(["plain", "mirror", "shift", "noise"].map((kind) => same(other, kind))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(again.photos.map(({ embedding }) => [...embedding])).toEqual(
      set.photos.map(({ embedding }) => [...embedding]),
    );
  });

  it("makes only the test faces that are drawn, the same as among all", async () => {
    let embedded = 0;
    const count = (chip: RgbImage) => {
      embedded++;
      return apart(chip);
    };
    const some = await sampleFaces({
      pipeline: fakePipeline(detect, count),
      random: createRandom(1),
      trainVariations: train,
      testVariations: test,
      testFaces: 2,
    });
    const found = 12;
    expect(embedded).toBe(found + some.photos.length);
    const drawn = some.photos.filter(({ part }) => part === "test");
    expect(drawn).toHaveLength(2);
    for (const face of drawn) {
      expect(Buffer.compare(face.crop.data, of(face.label, "noise").crop.data)).toBe(0);
      expect([...face.embedding]).toEqual([...of(face.label, "noise").embedding]);
    }
  });

  it("is a divided dataset that evaluate takes", async () => {
    const { records, splits } = await evaluate(set, [nearestNeighbours({ nNeighbors: 1 })], {
      random: createRandom(0),
    });
    expect(splits[0]!.train).toHaveLength(set.photos.length - records.length);
    expect(records).toHaveLength(set.photos.filter(({ part }) => part === "test").length);
  });

  it("uses one photo only of people who look alike", async () => {
    const alike = await sampleFaces({
      pipeline: fakePipeline(detect, () => Float32Array.of(1, 2, 3)),
      random: createRandom(1),
      trainVariations: train,
      testVariations: test,
    });
    // The two of the first photo are different people, whatever their embeddings are.
    expect(new Set(alike.photos.map(({ label }) => label)).size).toBe(2);
    expect(alike.leftOut).toEqual({ tooSmall: 6, perhapsTheSamePerson: 10 });
  });

  it("tests on other kinds than it trains on", async () => {
    const kinds = (list: readonly { kind: string }[]) => new Set(list.map(({ kind }) => kind));
    expect(
      [...kinds(sampleTrainVariations)].filter((kind) => kinds(sampleTestVariations).has(kind as never)),
    ).toEqual([]);
    const mixed = sampleFaces({
      pipeline: fakePipeline(detect),
      random: createRandom(1),
      trainVariations: train,
      testVariations: [{ kind: "shift", strength: 0.2 }],
    });
    await expect(mixed).rejects.toThrow(InputError);
    await expect(mixed).rejects.toThrow("variation in train and test: shift");
  });
});
