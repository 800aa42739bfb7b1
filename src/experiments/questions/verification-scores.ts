import { type Embedding, type FacePipelineOptions, facePipeline, InputError, turnImage } from "facelab";
import { cosine } from "../cosine.js";
import { embedOrStandIn, embedVariedOrStandIn } from "../embed-or-stand-in.js";
import type { VaryPhoto } from "../embed-varied.js";
import { faceRecognitionEmbeddings } from "./face-recognition.js";
import { type LfwMaterial, lfwMaterial, lfwPhotos, requireLfwPhotos } from "./lfw-material.js";
import type { QuestionContext } from "./question.js";
import type { Cell, Records } from "./records.js";
import type { EmbeddingSource, VerificationRows } from "./verification-method.js";

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
export async function verificationScores(
  { methods }: VerificationRows,
  context: QuestionContext,
): Promise<Records> {
  const lfw = await lfwMaterial();
  const pairs = lfw.folds.flatMap((fold, i) => fold.map((pair) => ({ ...pair, fold: i + 1 })));
  const columns: Record<string, readonly Cell[]> = {
    fold: pairs.map(({ fold }) => fold),
    a: pairs.map(({ a }) => a),
    b: pairs.map(({ b }) => b),
    same: pairs.map(({ same }) => same),
  };
  const outcomes: MethodOutcome[] = [];
  for (const { name, source } of methods) {
    context.say(`  ${name}`);
    try {
      const { of, ...outcome } = await embeddingsOf(source, lfw, context);
      const alike = source === "face_recognition" ? closeness : cosine;
      columns[scoreColumn(name)] = pairs.map(({ a, b }) => Number(alike(of(a), of(b)).toFixed(6)));
      outcomes.push({ name, ...outcome });
    } catch (error) {
      // A row that cannot be measured here says so in its place.
      if (!(error instanceof InputError)) throw error;
      outcomes.push({ name, notRun: error.message });
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
  source: EmbeddingSource,
  lfw: LfwMaterial,
  context: QuestionContext,
): Promise<MethodEmbeddings> {
  const { quick, data, workers, cache, onProgress } = context;
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
  requireLfwPhotos(data);
  const photos = lfwPhotos(data, lfw, rows);
  const places = new Map(rows.map((row, i) => [row, i]));
  const byRow = (embeddings: readonly Embedding[]) => (row: number) =>
    embeddings[places.get(row) as number] as Embedding;
  if (source === "face_recognition") {
    const { embeddings, ...outcome } = await faceRecognitionEmbeddings(photos, workers, cache, onProgress);
    return { of: byRow(embeddings), ...outcome };
  }
  const own = "pipeline" in source ? source : undefined;
  const pipeline =
    own !== undefined
      ? await own.pipeline(lfw, context)
      : await facePipeline({ ...(source as FacePipelineOptions), workers, cache: cache !== undefined });
  try {
    const { embeddings, standIns } =
      own?.turned === undefined
        ? await embedOrStandIn(photos, pipeline, onProgress)
        : await embedVariedOrStandIn(photos, turnedBy(own.turned, rows, context), pipeline, onProgress);
    const card = pipeline.embedder.models[0];
    return {
      of: byRow(embeddings),
      withoutFace: standIns.length,
      made: `${pipeline.detector.name} ${pipeline.detector.models[0]?.sha256.slice(0, 12)}, ${pipeline.embedder.name} ${card?.sha256.slice(0, 12)}, ${card?.engine}`,
    };
  } finally {
    await pipeline.pool?.close();
  }
}

/** Turns the photo of a row by the same angle in every method, drawn evenly between -most and most degrees. */
function turnedBy(most: number, rows: readonly number[], { random }: QuestionContext): VaryPhoto {
  return (image, place) => {
    const angle = most * (2 * random.fork(`turn ${rows[place]}`).uniform() - 1);
    return turnImage(image, angle);
  };
}

/** face_recognition compares by distance: 1 less it, so that larger is more alike. */
function closeness(a: Embedding, b: Embedding): number {
  return 1 - Math.hypot(...a.map((x, i) => x - b[i]!));
}
