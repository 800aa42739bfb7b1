import {
  attributeEstimator,
  chooseFaces,
  cosineThreshold,
  decodeImage,
  dividePhotoFiles,
  embedFaces,
  embedPhotos,
  facePipeline,
  findFaces,
  hasFace,
  labelEncoder,
  linearSvm,
  type Model,
  openEmbeddings,
  openPhotos,
  resizeImage,
  type Sample,
  type VariationKind,
  varyImage,
} from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { verdict } from "./verdict.js";

let lesson: Awaited<ReturnType<typeof openPhotos>>;
let pipeline: Awaited<ReturnType<typeof facePipeline>>;
beforeAll(async () => {
  lesson = await openPhotos();
  pipeline = await facePipeline();
}, 240_000);

describe("11.1, covered faces that are named rightly", () => {
  it("is a share of the faces found", async () => {
    const { photos, random } = lesson;
    const { photos: divided } = await dividePhotoFiles(photos, { random: random.fork("split") });
    const learned = divided.filter(({ part }) => part === "train");
    const enrolled = (await embedPhotos(learned, pipeline)).filter(hasFace);
    const svm = await linearSvm().fit(enrolled, random.fork("svm"));
    const cosine = await cosineThreshold().fit(enrolled, random.fork("cosine"));
    const asked = divided.filter(({ part }) => part === "test");
    expect(asked.length).toBeLessThanOrEqual(40);
    const found: Sample[] = [];
    for (const [i, { path, label }] of asked.entries()) {
      const photo = await decodeImage(path);
      const small = await resizeImage(photo, 320, Math.round((320 * photo.height) / photo.width));
      const image = await varyImage(small, { kind: "bar", strength: 0.15 }, random.fork(`bar ${i}`));
      const [face] = chooseFaces(await pipeline.detector.detect(image), image, pipeline.face);
      if (face === undefined) continue;
      const chip = pipeline.embedder.aligner.align(image, face.landmarks);
      for (const { embedding } of await embedFaces([{ chip }], pipeline)) found.push({ embedding, label });
    }
    const rightly = (model: Model): number =>
      found.filter(({ embedding, label }) => {
        const answer = model.predict(embedding);
        return answer.kind === "person" && answer.label === label;
      }).length;
    const count = rightly(svm);
    expect(await verdict("11.1", count / found.length)).toBe("right");
    expect(await verdict("11.1", count / asked.length)).toMatch(/that is of all photos/);
    expect(await verdict("11.1", 1 - count / found.length)).toMatch(/named wrongly/);
    expect(await verdict("11.1", rightly(cosine) / found.length)).toMatch(/ask the SVM/);
    expect(await verdict("11.1", 77)).toMatch(/divided by the faces found/);
  }, 240_000);
});

describe("11.2, right answers among those that are sure", () => {
  it("counts strangers, and only sure answers", async () => {
    const { train, test, random } = await openEmbeddings();
    const { classes } = labelEncoder(train.map(({ label }) => label));
    const isIn = ({ label }: Sample): boolean => classes.indexOf(label) % 3 !== 0;
    const model = await linearSvm().fit(train.filter(isIn), random.fork("door"));
    const share = (faces: readonly Sample[], least: number): number => {
      const sure = faces.filter(({ embedding }) => Math.max(...model.predictProba(embedding)) >= least);
      const right = sure.filter(({ embedding, label }) => {
        const probabilities = model.predictProba(embedding);
        return model.labels[probabilities.indexOf(Math.max(...probabilities))] === label;
      });
      return right.length / sure.length;
    };
    expect(await verdict("11.2", share(test, 0.5))).toBe("right");
    expect(await verdict("11.2", share(test.filter(isIn), 0.5))).toMatch(/strangers ask too/);
    expect(await verdict("11.2", share(test, 0))).toMatch(/of all answers/);
    expect(await verdict("11.2", share(test, 0.9))).toMatch(/take 50 %/);
    expect(await verdict("11.2", 77)).toMatch(/keep right\[i\]/);
  }, 240_000);
});

describe("11.3, the spread of ages of one face", () => {
  it("is from the youngest to the oldest", async () => {
    const estimator = await attributeEstimator();
    const seen = await findFaces(lesson.photos[0]!.path, pipeline.detector, pipeline.face);
    if (seen.kind === "none") throw new Error("the first sample photo has a face");
    const kinds = { plain: 0, brightness: 0.6, contrast: 0.5, noise: 15, jpeg: 20 };
    const ages: number[] = [];
    for (const [kind, strength] of Object.entries(kinds)) {
      const change = { kind: kind as VariationKind, strength };
      const image = await varyImage(seen.image, change, lesson.random.fork(kind));
      const [look] = await estimator.estimate(image, [seen.faces[0]!.box]);
      ages.push(look!.age);
    }
    const [youngest, oldest] = [Math.min(...ages), Math.max(...ages)];
    expect(await verdict("11.3", oldest - youngest)).toBe("right");
    expect(await verdict("11.3", youngest - oldest)).toMatch(/oldest less the youngest/);
    expect(await verdict("11.3", oldest)).toMatch(/subtract the youngest/);
    expect(await verdict("11.3", ages.reduce((sum, age) => sum + age, 0) / ages.length)).toMatch(/mean age/);
    expect(await verdict("11.3", 777)).toMatch(/Math\.max/);
  }, 240_000);
});
