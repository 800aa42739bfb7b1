import { basename, dirname, join } from "node:path";
import {
  createClassifier,
  createRandom,
  type Embedding,
  evaluate,
  type FacePipeline,
  type FacePipelineOptions,
  facePipeline,
  type LfwPhoto,
  lfwPhotoPath,
  openDataset,
  readLfwPairs,
} from "facelab";
import { cosine } from "../cosine.js";
import { embedOrStandIn } from "../embed-or-stand-in.js";
import type { Section } from "./sections.js";
import { type Both, type Side, type SideOptions, sides, weightsUsed } from "./sides.js";

const CLASSIFIERS = ["svm", "cosine"];

/** A pair of View 2 with the cosine of both weights; a photo in which one found no face; or a test photo of the celebrities and the answer to it. */
export type LfwRecord =
  | ({
      readonly kind: "pair";
      readonly fold: number;
      readonly a: string;
      readonly b: string;
      readonly same: boolean;
    } & Both<number>)
  | { readonly kind: "no face"; readonly side: Side; readonly photo: string; readonly reason: string }
  | CelebrityRecord;

export interface CelebrityRecord {
  readonly kind: "celebrity";
  readonly side: Side;
  readonly classifier: string;
  readonly photo: string;
  readonly answer: string;
  readonly correct: boolean;
}

export interface LfwPlaces {
  /** Holds lfw-deepfunneled/ and pairs.txt. */
  readonly lfw: string;
  readonly celebrities: string;
}

/** What the landmarks of either weights are worth: LFW's View 2, and classifiers on five celebrities. */
export async function lfwSection(
  places: LfwPlaces,
  options: Both<SideOptions>,
  settings: Pick<FacePipelineOptions, "cache" | "workers">,
  onPhoto: (done: number, total: number) => void,
): Promise<Section<LfwRecord>> {
  const { folds } = await readLfwPairs(join(places.lfw, "pairs.txt"));
  const dir = join(places.lfw, "lfw-deepfunneled");
  const photos = new Map(
    folds.flat().flatMap(({ a, b }) => [a, b].map((photo) => [nameOf(photo), lfwPhotoPath(dir, photo)])),
  );
  const records: LfwRecord[] = [];
  const embeddings: Partial<Record<Side, Map<string, Embedding>>> = {};
  const pipelines: Partial<Record<Side, FacePipeline>> = {};
  // One after the other: each has threads of its own.
  for (const side of sides) {
    const { weights, thresholds } = options[side];
    const pipeline = await facePipeline({
      ...settings,
      detector: "mtcnn",
      weights,
      thresholds,
      face: "centre",
    });
    pipelines[side] = pipeline;
    try {
      const names = [...photos.keys()];
      const { embeddings: rows, standIns } = await embedOrStandIn([...photos.values()], pipeline, onPhoto);
      embeddings[side] = new Map(names.map((photo, row) => [photo, rows[row]!]));
      records.push(
        ...standIns.map(
          ({ row, reason }) => ({ kind: "no face", side, photo: names[row]!, reason }) as const,
        ),
      );
      records.push(...(await celebrities(places.celebrities, side, pipeline)));
    } finally {
      await pipeline.pool?.close();
    }
  }
  const both = pipelines as Both<FacePipeline>;
  const pairs = folds.flatMap((fold, i) =>
    fold.map(({ a, b, same }) => {
      const alike = (side: Side): number => {
        const of = (photo: LfwPhoto): Embedding => embeddings[side]!.get(nameOf(photo))!;
        return Number(cosine(of(a), of(b)).toFixed(6));
      };
      return {
        kind: "pair",
        fold: i + 1,
        a: nameOf(a),
        b: nameOf(b),
        same,
        ours: alike("ours"),
        reference: alike("reference"),
      } as const;
    }),
  );
  const weights = weightsUsed({ ours: both.ours.detector, reference: both.reference.detector });
  const { embedder } = both.ours;
  return {
    about: {
      weights,
      settings: {
        face: "centre",
        minFace: 20,
        embedder: embedder.name,
        mirror: embedder.params.mirror ?? null,
      },
    },
    records: [...pairs, ...records],
  };
}

async function celebrities(folder: string, side: Side, pipeline: FacePipeline): Promise<CelebrityRecord[]> {
  const random = createRandom(0);
  const { set } = await openDataset(folder, { pipeline: async () => pipeline, random });
  const { records } = await evaluate(
    set,
    CLASSIFIERS.map((name) => createClassifier(name)),
    { random },
  );
  return records.map(({ classifier, path, answer, predicted, correct }) => {
    const photo = `${basename(dirname(path))}/${basename(path)}`;
    return {
      kind: "celebrity",
      side,
      classifier,
      photo,
      answer: answer === "person" ? predicted : answer,
      correct,
    };
  });
}

function nameOf({ name, number }: LfwPhoto): string {
  return `${name} ${number}`;
}
