import {
  createClassifier,
  drawPerPerson,
  type Embedding,
  facePipeline,
  type Landmarks5,
  type Model,
} from "facelab";
import { embedVaried, type VariedFace, type VaryPhoto } from "../embed-varied.js";
import { meanLandmarks } from "../mean-landmarks.js";
import { conditions } from "./08-conditions.js";
import { lfwMaterial, lfwPhotos, requireLfwPhotos } from "./lfw-material.js";
import type { QuestionContext } from "./question.js";
import type { Cell, Records } from "./records.js";

/** Photos that each person is learned from, and others that are spoiled. */
const PHOTOS = { learned: 5, spoiled: 5 } as const;
const QUICK_PEOPLE = 10;
/** Those that say a name and those that may say `unknown`. */
export const brokenClassifiers = ["svm", "softmax", "knn", "cosine"] as const;

/** The photos as they are. */
export const PLAIN = "as they are";

/** What became of a spoiled photo. */
export const OUTCOMES = { right: 1, wrong: 0, unknown: -1, notFound: -2 } as const;

/** Column of what a classifier answered. */
export const outcomeColumn = (classifier: string): string => `outcome of ${classifier}`;

/** Every person of LFW with ten photos: learned from five as they are, asked about five others, spoiled in every way. */
export async function spoiledAnswers({
  quick,
  data,
  random,
  say,
  onProgress,
}: QuestionContext): Promise<Records> {
  requireLfwPhotos(data);
  const lfw = await lfwMaterial();
  const draw = (photosPerPerson: number): number[] =>
    drawPerPerson(lfw.names, {
      minPhotos: PHOTOS.learned + PHOTOS.spoiled,
      photosPerPerson,
      ...(quick ? { people: QUICK_PEOPLE } : {}),
      random: random.fork("photos"),
    });
  // Fewer photos are a part of more.
  const learned = draw(PHOTOS.learned);
  const spoiled = draw(PHOTOS.learned + PHOTOS.spoiled).filter((row) => !learned.includes(row));
  const models = new Map<string, Model>();
  for (const name of brokenClassifiers) {
    const samples = learned.map((row) => ({
      embedding: lfw.embeddings[row] as Embedding,
      label: lfw.names[row] as string,
    }));
    models.set(name, await createClassifier(name).fit(samples, random.fork(`fit ${name}`)));
  }
  const photos = lfwPhotos(data, lfw, spoiled);
  // One photo after another: the photos are made here, so that there is nothing for other processes to read.
  const pipeline = await facePipeline({ workers: 1, cache: false });
  const columns: Record<string, Cell[]> = { kind: [], strength: [], row: [] };
  for (const name of brokenClassifiers) columns[outcomeColumn(name)] = [];
  const ask = async (kind: string, strength: number, vary: VaryPhoto, step: number) => {
    say(`  ${kind}${kind === PLAIN ? "" : ` ${strength}`}`);
    const faces = await embedVaried(photos, vary, pipeline, (done, total) =>
      onProgress(step * total + done, (conditions.length + 1) * total),
    );
    for (const [i, face] of faces.entries()) {
      const row = spoiled[i]!;
      columns.kind!.push(kind);
      columns.strength!.push(strength);
      columns.row!.push(row);
      for (const [name, model] of models) {
        columns[outcomeColumn(name)]!.push(outcomeOf(face, model, lfw.names[row] as string));
      }
    }
    return faces;
  };
  try {
    const plain = await ask(PLAIN, 0, (image) => image, 0);
    const found = plain.flatMap((face) => (face === undefined ? [] : [face.landmarks]));
    const usual = meanLandmarks(found);
    const points = plain.map((face): Landmarks5 => face?.landmarks ?? usual);
    for (const [i, { kind, strength, spoil }] of conditions.entries()) {
      const vary: VaryPhoto = (image, place) =>
        spoil(image, points[place]!, random.fork(`${kind} ${spoiled[place]}`));
      await ask(kind, strength, vary, i + 1);
    }
  } finally {
    await pipeline.pool?.close();
  }
  return {
    about: {
      people: new Set(learned.map((row) => lfw.names[row])).size,
      ...PHOTOS,
      quick,
      detector: pipeline.detector.name,
      embedder: pipeline.embedder.name,
    },
    tables: { answers: columns, photos: { row: spoiled, person: spoiled.map((row) => lfw.names[row]!) } },
  };
}

function outcomeOf(face: VariedFace | undefined, model: Model, person: string): number {
  if (face === undefined) return OUTCOMES.notFound;
  const answer = model.predict(face.embedding);
  if (answer.kind === "unknown") return OUTCOMES.unknown;
  return answer.label === person ? OUTCOMES.right : OUTCOMES.wrong;
}
