import { type Embedding, facePipeline, InputError } from "facelab";
import { cosine } from "../cosine.js";
import { embedOrStandIn } from "../embed-or-stand-in.js";
import { type VerificationMethod, verificationMethods } from "./04-methods.js";
import { faceRecognitionEmbeddings } from "./face-recognition.js";
import { hasLfwPhotos, type LfwMaterial, lfwMaterial, lfwPhotos } from "./lfw-material.js";
import type { QuestionContext } from "./question.js";
import type { Cell, Records } from "./records.js";

/** What a method gave, or why it gave nothing. */
export interface MethodOutcome {
  readonly name: string;
  /** Photos of which no face was found, so that the place counts where faces are on average (`centre`: the middle of the photo). */
  readonly withoutFace?: number;
  /** What computed it, with versions or hashes. */
  readonly made?: string;
  readonly notRun?: string;
}

/** Column of the scores of a method. */
export const scoreColumn = (name: string): string => `score of ${name}`;

/** The cosine (face_recognition: 1 - distance) of each pair of View 2, by each method that can be run here. */
export async function verificationScores(context: QuestionContext): Promise<Records> {
  const lfw = await lfwMaterial();
  const pairs = lfw.folds.flatMap((fold, i) => fold.map((pair) => ({ ...pair, fold: i + 1 })));
  const columns: Record<string, readonly Cell[]> = {
    fold: pairs.map(({ fold }) => fold),
    a: pairs.map(({ a }) => a),
    b: pairs.map(({ b }) => b),
    same: pairs.map(({ same }) => same),
  };
  const outcomes: MethodOutcome[] = [];
  for (const method of verificationMethods) {
    context.say(`  ${method.name}`);
    try {
      const { of, ...outcome } = await embeddingsOf(method, lfw, context);
      const alike = method.source === "face_recognition" ? closeness : cosine;
      columns[scoreColumn(method.name)] = pairs.map(({ a, b }) => Number(alike(of(a), of(b)).toFixed(6)));
      outcomes.push({ name: method.name, ...outcome });
    } catch (error) {
      // A row that cannot be measured here says so in its place.
      if (!(error instanceof InputError)) throw error;
      outcomes.push({ name: method.name, notRun: error.message });
      context.say(`    not run: ${error.message}`);
    }
  }
  return { about: { methods: outcomes }, tables: { pairs: columns } };
}

interface MethodEmbeddings extends Omit<MethodOutcome, "name"> {
  /** By row. */
  readonly of: (row: number) => Embedding;
}

async function embeddingsOf(
  { source }: VerificationMethod,
  lfw: LfwMaterial,
  { quick, data, workers, cache, onProgress }: QuestionContext,
): Promise<MethodEmbeddings> {
  const rows = [...new Set(lfw.folds.flat().flatMap(({ a, b }) => [a, b]))].sort((a, b) => a - b);
  if (source === "shipped") {
    const { detector, embedder } = lfw.provenance ?? {};
    const hashes = [detector, embedder].map(
      (step) => `${step?.name} ${step?.models[0]?.sha256.slice(0, 12)}`,
    );
    return {
      of: (row) => lfw.embeddings[row] as Embedding,
      withoutFace: rows.filter((row) => !lfw.found[row]).length,
      made: hashes.join(", "),
    };
  }
  if (quick) throw new InputError("left out by --quick");
  if (!hasLfwPhotos(data))
    throw new InputError("needs the photos of LFW (npx facelab fetch lfw; --data FOLDER)");
  const photos = lfwPhotos(data, lfw, rows);
  const places = new Map(rows.map((row, i) => [row, i]));
  if (source === "face_recognition") {
    const { embeddings, withoutFace, made } = await faceRecognitionEmbeddings(
      photos,
      workers,
      cache,
      onProgress,
    );
    return { of: (row) => embeddings[places.get(row) as number] as Embedding, withoutFace, made };
  }
  const pipeline = await facePipeline({ ...source, workers, cache: cache !== undefined });
  try {
    const { embeddings, standIns } = await embedOrStandIn(photos, pipeline, onProgress);
    const card = pipeline.embedder.models[0];
    return {
      of: (row) => embeddings[places.get(row) as number] as Embedding,
      withoutFace: standIns.length,
      made: `${pipeline.detector.name} ${pipeline.detector.models[0]?.sha256.slice(0, 12)}, ${pipeline.embedder.name} ${card?.sha256.slice(0, 12)}, ${card?.engine}`,
    };
  } finally {
    await pipeline.pool?.close();
  }
}

/** face_recognition compares by distance: 1 less it, so that larger is more alike. */
function closeness(a: Embedding, b: Embedding): number {
  return 1 - Math.hypot(...a.map((x, i) => x - b[i]!));
}
