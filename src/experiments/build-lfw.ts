import { basename, dirname } from "node:path";
import type { Command } from "commander";
import {
  decodeImage,
  type Embedding,
  embedFiles,
  facePipeline,
  InputError,
  type Landmarks5,
  lfwSize,
  loadLfw,
  type Provenance,
  type Step,
  writeLfwEmbeddings,
} from "facelab";
import { meanLandmarks } from "./mean-landmarks.js";
import { type PhotoOptions, pipelineOptions, withPhotoOptions } from "./options.js";
import { inCheckout } from "./paths.js";
import { printCache, printProvenance, printWithoutFace } from "./print-photos.js";
import { progressBar } from "./progress.js";

interface BuildOptions extends PhotoOptions {
  readonly lfw: string;
  readonly output: string;
}

/** `facelab build-lfw`: all of LFW to one file of embeddings, the dataset that ships. */
export function addBuildLfwCommand(program: Command): void {
  const command = program
    .command("build-lfw")
    .description("embed all of LFW (deep-funneled) into the file that ships with the project")
    .option("--lfw <folder>", "LFW's folder of people", inCheckout("../shared/data/lfw/lfw-deepfunneled"))
    .option("-o, --output <file>", "the .npz to write", inCheckout("datasets/lfw-embeddings.npz"));
  withPhotoOptions(command).action((options: BuildOptions) => build(options));
}

async function build(options: BuildOptions): Promise<void> {
  const { samples } = await loadLfw(options.lfw);
  if (samples.length !== lfwSize.photos) {
    throw new InputError(`${options.lfw} holds ${samples.length} photos (all of LFW are ${lfwSize.photos})`);
  }
  const pipeline = await facePipeline(pipelineOptions(options));
  const { embedder, provenance, notices } = pipeline;
  for (const notice of notices) console.log(`note: ${notice}`);
  printProvenance(provenance);
  const bar = progressBar("photos");
  const paths = samples.map(({ path }) => path);
  const files = await embedFiles(paths, pipeline, (done) => bar.update(done, paths.length)).finally(bar.stop);
  const embeddings: Embedding[] = [];
  const landmarks: Landmarks5[] = [];
  const missing: { row: number; path: string; kind: "none"; reason: string }[] = [];
  for (const [row, { path, vectors }] of files.entries()) {
    if (vectors.kind === "none") missing.push({ row, path, kind: "none", reason: vectors.reason });
    else {
      const [first] = vectors.faces;
      if (first === undefined) throw new Error("no face among those found");
      landmarks.push(first.landmarks);
      embeddings[row] = first.embedding;
    }
  }
  // LFW's photos are centred on the face: where none was found, the average place is taken and the row is marked.
  const place = meanLandmarks(landmarks);
  for (const { row, path } of missing) {
    const chip = embedder.aligner.align(await decodeImage(path), place);
    embeddings[row] = (await embedder.embed([chip]))[0] as Embedding;
  }
  const lost = new Set(missing.map(({ row }) => row));
  await writeLfwEmbeddings(options.output, {
    names: samples.map(({ label }) => label),
    numbers: samples.map(({ path }) => Number(/_(\d{4})\.jpg$/.exec(path)?.[1])),
    found: samples.map((_, row) => !lost.has(row)),
    embeddings,
    provenance: portable(provenance),
  });
  printCache(pipeline);
  printWithoutFace([...missing, ...landmarks.map(() => ({ kind: "face", path: "" }))]);
  console.log(`embeddings: ${options.output} (${embeddings.length} x ${embedder.dimensions})`);
}

/** For a file that is shared: weights by folder and name, not by where they lie on this machine. */
function portable(provenance: Provenance): Provenance {
  const step = (one: Step): Step => ({
    ...one,
    models: one.models.map((card) => ({
      ...card,
      source: `${basename(dirname(card.source))}/${basename(card.source)}`,
    })),
  });
  return {
    ...provenance,
    detector: step(provenance.detector),
    embedder: provenance.embedder && step(provenance.embedder),
  };
}
