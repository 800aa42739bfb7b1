import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  classifiers,
  createRandom,
  InputError,
  l2Normalize,
  linearSvm,
  readModel,
  readRecogniser,
  type Sample,
  saveModel,
  saveRecogniser,
  trainRecogniser,
} from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { blobs, largestDifference, normal } from "../classifiers/samples.js";
import { syntheticSet } from "../evaluation/synthetic-set.js";
import { hostileLabels } from "../support/read-with-pandas.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = await temporaryFolder();
const embedder = { name: "dlib", sha256: "ab".repeat(32) };
const people = blobs({ photos: [20, 20, 20, 20], dimensions: 32, spread: 0.3, seed: 3 });
/** Faces of people who are not enrolled. */
const strangers = blobs({ photos: [5, 5, 5, 5], dimensions: 32, spread: 0.3, seed: 99 });
const known = people.filter((_, i) => i % 4 === 3);
const training = people.filter((_, i) => i % 4 !== 3);

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => new Error("it was not refused"),
    (reason: unknown) => reason as Error,
  );
  expect(error, error.message).toBeInstanceOf(InputError);
  return error.message;
}

describe("trainRecogniser", () => {
  const names = Object.entries(classifiers)
    .filter(([name, create]) => name !== "majority" && create().embedder === undefined)
    .map(([name]) => name);

  it.each(names)("with %s names who is enrolled, and says unknown of strangers", async (classifier) => {
    const recogniser = await trainRecogniser(training, { classifier, embedder });
    const answers = known.map(({ embedding, label }) => {
      const { identity } = recogniser.identify(embedding);
      return identity.kind === "unknown" ? "unknown" : identity.label === label ? "right" : "wrong";
    });
    expect(answers).not.toContain("wrong");
    // The threshold may cost some known faces, for the strangers' sake.
    const right = answers.filter((answer) => answer === "right").length;
    expect(right).toBeGreaterThanOrEqual(0.85 * known.length);
    const named = strangers.filter(
      ({ embedding }) => recogniser.identify(embedding).identity.kind === "person",
    );
    expect(named).toEqual([]);
  });

  it("says how alike a face is to the candidate's nearest training face", async () => {
    const recogniser = await trainRecogniser(training, { classifier: linearSvm({ c: 1 }), embedder });
    const { model } = recogniser;
    for (const { embedding } of [...known, ...strangers]) {
      const found = recogniser.identify(embedding);
      const prediction = model.predict(embedding);
      expect(prediction).toMatchObject({ kind: "person", label: found.candidate });
      expect(found.probability).toBe(Math.max(...model.predictProba(embedding)));
      // By hand: unit vectors, and the smallest distance.
      const unit = l2Normalize(embedding);
      const distances = training
        .filter(({ label }) => label === found.candidate)
        .map((face) => Math.hypot(...l2Normalize(face.embedding).map((value, i) => value - unit[i]!)));
      expect(found.distance).toBeCloseTo(Math.min(...distances), 5);
      expect(found.similarity).toBeCloseTo(1 - Math.min(...distances) ** 2 / 2, 5);
      expect(found.identity.kind === "person").toBe(found.similarity >= recogniser.gallery.minCosine);
    }
    const [{ embedding }] = training as [Sample];
    expect(recogniser.identify(embedding).similarity).toBeCloseTo(1, 12);
    expect(recogniser.identify(embedding).distance).toBeLessThan(1e-6);
  });

  it("lets the threshold be another, but never overrides a model that says unknown", async () => {
    const svm = await trainRecogniser(training, { embedder });
    const cosine = await trainRecogniser(training, { classifier: "cosine", embedder });
    for (const { embedding } of strangers) {
      expect(svm.identify(embedding, -1).identity.kind).toBe("person");
      expect(cosine.identify(embedding, -1).identity.kind).toBe("unknown");
    }
    for (const { embedding } of known) expect(svm.identify(embedding, 1).identity.kind).toBe("unknown");
  });

  it("keeps every training face once, sorted by person, without its path", async () => {
    const set = syntheticSet(Object.fromEntries(hostileLabels.map((label) => [label, "x-xx"])));
    const recogniser = await trainRecogniser(set, { classifier: "knn" });
    expect(new Set(recogniser.model.labels)).toEqual(new Set(hostileLabels));
    expect([...recogniser.gallery.people]).toEqual(hostileLabels.flatMap((_, code) => [code, code, code]));
    expect(recogniser.gallery.faces).toHaveLength(3 * 8 * hostileLabels.length);
    expect(recogniser.embedder).toBeUndefined();
    for (const photo of set.photos) {
      if (photo.kind === "face") {
        const { candidate, similarity } = recogniser.identify(photo.embedding, -1);
        if (candidate === photo.label) expect(similarity).toBeCloseTo(1, 9);
      }
    }
  });

  it("takes the whole of a divided dataset, or its train part", async () => {
    const set = syntheticSet({ Ada: "xxxx", Björn: "xxxx" }, { noise: 0.1 });
    const divided = {
      ...set,
      photos: set.photos.map((photo, i) => ({ ...photo, part: i % 4 === 3 ? "test" : "train" }) as const),
    };
    const count = async (options: object) =>
      (await trainRecogniser(divided, { classifier: "knn", ...options })).gallery.people.length;
    expect(await count({})).toBe(8);
    expect(await count({ part: "train" })).toBe(6);
    expect(await refusal(trainRecogniser(set, { part: "train" }))).toBe(
      "no train part: synthetic (it is not divided; train on all of it)",
    );
  });

  it("does not depend on the order of the photos, and is strict where nobody has two", async () => {
    const one = await trainRecogniser(training, { embedder });
    const other = await trainRecogniser(training.toReversed(), { embedder, random: createRandom(0) });
    expect(other.gallery).toEqual(one.gallery);
    expect(JSON.stringify(other.model.toJSON!())).toBe(JSON.stringify(one.model.toJSON!()));
    const single = blobs({ photos: [1, 1, 1], dimensions: 32, seed: 3 });
    const strict = await trainRecogniser(single, { classifier: "knn" });
    expect(strict.gallery.falseRejectRate).toBeNull();
    expect(strict.gallery.minCosine).toBeGreaterThan(0.5);
  });

  it("refuses majority, fewer than two people, and a classifier of another embedder's numbers", async () => {
    expect(await refusal(trainRecogniser(training, { classifier: "majority" }))).toMatch(
      /^cannot recognise with majority \(/,
    );
    const alone = training.filter(({ label }) => label === "person 1");
    expect(await refusal(trainRecogniser(alone))).toBe(
      "too few people with a face: 1 (must be at least two)",
    );
    expect(await refusal(trainRecogniser(syntheticSet({ Ada: "xx", Björn: "--" })))).toBe(
      "too few people with a face: 1 in synthetic (must be at least two)",
    );
    expect(await refusal(trainRecogniser([]))).toMatch(/^too few people with a face: 0 /);
    expect(await refusal(trainRecogniser(training, { classifier: "eigenfaces", embedder }))).toBe(
      "eigenfaces is made for embeddings of pixels (these are of dlib)",
    );
    expect(await refusal(trainRecogniser(training, { classifier: "tree" }))).toMatch(
      /^unknown classifier: tree/,
    );
  });
});

describe("a saved recogniser", () => {
  const path = join(folder, "model.json");
  const random = createRandom(8);
  const asked = [...known, ...strangers, ...training].map(({ embedding }) =>
    embedding.map((value) => value + 0.01 * normal(random)),
  );

  beforeAll(async () => {
    await saveRecogniser(path, await trainRecogniser(training, { embedder }));
  });

  it.each(["svm", "gate", "cosine", "knn", "softmax"])(
    "with %s answers the same, bit for bit",
    async (name) => {
      const file = join(folder, `${name}.json`);
      const recogniser = await trainRecogniser(training, { classifier: name, embedder });
      await saveRecogniser(file, recogniser);
      const read = await readRecogniser(file, { embedder, kind: name, dimensions: 32 });
      expect(read.embedder).toEqual(embedder);
      expect(read.gallery).toEqual(recogniser.gallery);
      for (const embedding of asked) expect(read.identify(embedding)).toEqual(recogniser.identify(embedding));
    },
  );

  it("is read by readModel as the plain model that it is", async () => {
    const model = await readModel(path, { embedder, kind: "svm" });
    const { model: own } = await readRecogniser(path);
    for (const embedding of asked) {
      expect(largestDifference(model.predictProba(embedding), own.predictProba(embedding))).toBe(0);
    }
  });

  it("is refused for another embedder, kind or length, and without a gallery", async () => {
    const why = (reason: string): string => `cannot read model: ${path} (${reason})`;
    expect(await refusal(readRecogniser(path, { embedder: { ...embedder, name: "sface" } }))).toBe(
      why("fitted on another embedder: dlib (expected sface; train it again)"),
    );
    expect(await refusal(readRecogniser(path, { embedder: { ...embedder, sha256: "cd" } }))).toContain(
      "fitted on other weights of dlib",
    );
    expect(await refusal(readRecogniser(path, { kind: "knn" }))).toContain("another kind of model: svm");
    expect(await refusal(readRecogniser(path, { dimensions: 128 }))).toContain("of another length: 32");
    const plain = join(folder, "plain.json");
    await saveModel(plain, (await readRecogniser(path)).model, { embedder });
    expect(await refusal(readRecogniser(plain))).toBe(
      `cannot read model: ${plain} (made by saveModel without a gallery; train it again with facelab train)`,
    );
    expect(await refusal(readRecogniser(join(folder, "no.json")))).toContain("there is no such file");
  });

  it("is refused where it was cut short or edited", async () => {
    const text = await readFile(path, "utf8");
    const altered = join(folder, "altered.json");
    await writeFile(altered, text.slice(0, -100));
    expect(await refusal(readRecogniser(altered))).toContain("(not JSON: truncated, or not a model)");
    await writeFile(altered, text.replace(/"minCosine":0\.\d/, '"minCosine":0.1'));
    expect(await refusal(readRecogniser(altered))).toContain("its sha256 differs");
  });

  it("is refused where a field of the gallery is wrong, also with a sum that is right", async () => {
    const { sha256: _, ...content } = JSON.parse(await readFile(path, "utf8"));
    const forged = join(folder, "forged.json");
    const refused = async (change: Record<string, unknown> | string): Promise<string> => {
      const gallery = typeof change === "string" ? change : { ...content.gallery, ...change };
      const body = JSON.stringify({ ...content, gallery });
      const sum = createHash("sha256").update(body).digest("hex");
      await writeFile(forged, `{"sha256":"${sum}",${body.slice(1)}\n`);
      const message = await refusal(readRecogniser(forged));
      return message.replace(`cannot read model: ${forged} `, "");
    };
    const { people: codes, faces } = content.gallery as { people: number[]; faces: number[] };
    const invalid = (field: string): RegExp =>
      new RegExp(`^\\(invalid ${field} in the gallery of a model \\(must be `);
    expect(await refused("x")).toMatch(invalid("gallery"));
    for (const bad of [
      null,
      "x",
      [],
      codes.slice(0, 3),
      codes.with(0, 1),
      codes.with(-1, 4),
      codes.with(0, -1),
      codes.with(2, 0.5),
      codes.toReversed(),
      codes.with(3, "0" as never),
    ]) {
      expect(await refused({ people: bad })).toMatch(invalid("people"));
    }
    for (const bad of [
      null,
      faces.slice(1),
      [...faces, 0],
      faces.with(5, null as never),
      faces.with(5, "0.1" as never),
      faces.with(5, 3),
      codes.slice(1),
    ]) {
      expect(await refused({ faces: bad })).toMatch(invalid("faces"));
    }
    expect(await refused({ people: [...codes, 3] })).toMatch(invalid("faces"));
    for (const bad of [null, "0.5", 1.5, -2, undefined]) {
      expect(await refused({ minCosine: bad })).toMatch(invalid("minCosine"));
    }
    for (const bad of ["0", 1.5, -0.1, undefined]) {
      expect(await refused({ falseAcceptRate: bad })).toMatch(invalid("falseAcceptRate"));
      expect(await refused({ falseRejectRate: bad })).toMatch(invalid("falseRejectRate"));
    }
  });

  it("is not written with numbers that JSON does not have", async () => {
    const recogniser = await readRecogniser(path);
    const broken = { ...recogniser, gallery: { ...recogniser.gallery, minCosine: Number.NaN } };
    const target = join(folder, "never.json");
    expect(await refusal(saveRecogniser(target, broken))).toContain("invalid minCosine");
    await expect(readFile(target)).rejects.toThrow("ENOENT");
  });
});
