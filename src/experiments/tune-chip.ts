import { join } from "node:path";
import type { Command } from "commander";
import {
  type Aligner,
  dlibAligner,
  type Embedding,
  facePipeline,
  findFaces,
  type LfwPair,
  lfwPhotoPath,
  readLfwPairs,
  toMarkdown,
} from "facelab";
import { type PhotoOptions, pipelineOptions, withPhotoOptions } from "./options.js";
import { inCheckout } from "./paths.js";
import { progressBar } from "./progress.js";

const ZOOMS = [0.94, 0.97, 1, 1.03, 1.07, 1.1, 1.14];

interface TuneOptions extends PhotoOptions {
  readonly lfw: string;
}

/** `facelab tune-chip`: how much of the photo should dlib's chip show? Asked on View 1 of LFW, made for tuning. */
export function addTuneChipCommand(program: Command): void {
  const command = program
    .command("tune-chip")
    .description("choose how much of the photo dlib's chip shows, on View 1 of LFW")
    .option(
      "--lfw <folder>",
      "the folder of lfw-deepfunneled/ and the pairs files",
      inCheckout("../shared/data/lfw"),
    );
  withPhotoOptions(command).action((options: TuneOptions) => tune(options));
}

async function tune(options: TuneOptions): Promise<void> {
  const { detector, face, embedder, limits } = await facePipeline(pipelineOptions(options));
  const lists = ["pairsDevTrain.txt", "pairsDevTest.txt"].map((name) =>
    readLfwPairs(join(options.lfw, name)),
  );
  const pairs = (await Promise.all(lists)).flatMap(({ folds }) => folds.flat());
  const dir = join(options.lfw, "lfw-deepfunneled");
  const paths = [...new Set(pairs.flatMap(({ a, b }) => [lfwPhotoPath(dir, a), lfwPhotoPath(dir, b)]))];
  const aligners = ZOOMS.map((zoomOut): Aligner => dlibAligner({ zoomOut }));
  const embeddings = new Map<string, Embedding[]>();
  const bar = progressBar("photos");
  for (const [i, path] of paths.entries()) {
    const found = await findFaces(path, detector, face, undefined, limits);
    const landmarks = found.kind === "faces" ? found.faces[0]?.landmarks : undefined;
    if (found.kind === "faces" && landmarks !== undefined) {
      embeddings.set(
        path,
        await embedder.embed(aligners.map((aligner) => aligner.align(found.image, landmarks))),
      );
    }
    bar.update(i + 1, paths.length);
  }
  bar.stop();
  const header = ["zoom out", "best accuracy", "area under the ROC curve"];
  const rows = ZOOMS.map((zoom, column) => {
    const distances = pairs.flatMap(({ a, b, same }: LfwPair) => {
      const first = embeddings.get(lfwPhotoPath(dir, a))?.[column];
      const second = embeddings.get(lfwPhotoPath(dir, b))?.[column];
      return first && second
        ? [{ same, distance: Math.hypot(...first.map((x, k) => x - (second[k] ?? 0))) }]
        : [];
    });
    const { accuracy, area } = separation(distances);
    return [zoom.toFixed(2), (100 * accuracy).toFixed(2), area.toFixed(5)];
  });
  console.log(
    `View 1 of LFW, ${pairs.length} pairs, ${paths.length - embeddings.size} photos without a face\n`,
  );
  console.log(toMarkdown([header, ...rows]));
}

/** How well a distance tells same from different: the best threshold's accuracy, and the area under the ROC curve. */
function separation(pairs: { same: boolean; distance: number }[]): { accuracy: number; area: number } {
  const sorted = [...pairs].sort((a, b) => a.distance - b.distance);
  const positives = sorted.filter(({ same }) => same).length;
  const negatives = sorted.length - positives;
  let [accepted, wrong, best, area] = [0, 0, 0, 0];
  for (const { same } of sorted) {
    if (same) accepted++;
    else {
      wrong++;
      area += accepted;
    }
    best = Math.max(best, accepted + negatives - wrong);
  }
  return { accuracy: best / sorted.length, area: area / (positives * negatives) };
}
