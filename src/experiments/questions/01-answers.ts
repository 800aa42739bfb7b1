import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import {
  type Classifier,
  classifiers,
  createClassifier,
  createRandom,
  type EmbeddedPhoto,
  type EmbeddedSet,
  type Embedding,
  facePipeline,
  InputError,
  openDataset,
} from "facelab";
import type { QuestionContext } from "./question.js";
import type { Records } from "./records.js";

/** A photo with a face. */
type FacePhoto = Extract<EmbeddedPhoto, { kind: "face" }>;

/** One photo, answered by one classifier. */
type Answer = Readonly<Record<"classifier" | "part" | "photo" | "label" | "answer", string>>;

/** Every classifier's answer to every photo of the five celebrities, those that it learned from and the others. */
export async function celebrityAnswers({
  data,
  workers,
  cache,
  random,
  onProgress,
}: QuestionContext): Promise<Records> {
  const folder = join(data, "celebrities-5");
  if (!existsSync(folder)) {
    throw new InputError(
      `needs the photos of the five celebrities: ${folder} (its README there says where they are from; --data FOLDER)`,
    );
  }
  const all = Object.keys(classifiers).map((name) => createClassifier(name));
  const others = [...new Set(all.flatMap(({ embedder }) => (embedder === undefined ? [] : [embedder])))];
  const pipeline = await facePipeline({ workers, others, cache: cache !== undefined });
  try {
    const { set } = await openDataset(folder, { pipeline: async () => pipeline, random: createRandom(0) });
    const rows: Answer[] = [];
    for (const [done, classifier] of all.entries()) {
      onProgress(done, all.length);
      rows.push(...(await answersOf(classifier, set, random.fork(classifier.name))));
    }
    const column = (name: keyof Answer): string[] => rows.map((row) => row[name]);
    const { detector, embedder } = pipeline;
    return {
      about: {
        detector: `${detector.name} ${detector.models[0]?.sha256.slice(0, 12)}`,
        embedder: `${embedder.name} ${embedder.models[0]?.sha256.slice(0, 12)}`,
      },
      tables: {
        answers: {
          classifier: column("classifier"),
          part: column("part"),
          photo: column("photo"),
          label: column("label"),
          answer: column("answer"),
        },
      },
    };
  } finally {
    await pipeline.pool?.close();
  }
}

async function answersOf(
  classifier: Classifier,
  { photos }: EmbeddedSet,
  random: QuestionContext["random"],
): Promise<Answer[]> {
  const vector = (face: FacePhoto): Embedding =>
    classifier.embedder === undefined ? face.embedding : face.others![classifier.embedder]!;
  const train = photos.filter((photo): photo is FacePhoto => photo.part === "train" && photo.kind === "face");
  const samples = train.map((face) => ({ embedding: vector(face), label: face.label }));
  const model = await classifier.fit(samples, random);
  return photos.map((photo) => {
    const { path, label, part } = photo;
    const said = photo.kind === "face" ? model.predict(vector(photo)) : undefined;
    return {
      classifier: classifier.name,
      part: part as string,
      photo: `${basename(dirname(path))}/${basename(path)}`,
      label,
      // Nobody is called so: a person's name is a folder's name.
      answer: said === undefined ? "(no face)" : said.kind === "person" ? said.label : "(unknown)",
    };
  });
}
