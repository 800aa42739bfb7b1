import { mkdir } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { Command } from "commander";
import {
  facePipeline,
  InputError,
  lfwSize,
  loadLfw,
  type Provenance,
  type Step,
  writeLfwEmbeddings,
} from "facelab";
import { embedOrStandIn } from "./embed-or-stand-in.js";
import { type PhotoOptions, pipelineOptions, withPhotoOptions } from "./options.js";
import { inCheckout } from "./paths.js";
import { printCache, printProvenance, printWithoutFace } from "./print-photos.js";
import { progressBar } from "./progress.js";
import { requireOutput } from "./require-output.js";

interface BuildOptions extends PhotoOptions {
  readonly lfw: string;
  readonly allowPart: boolean;
  readonly output: string;
}

const SHIPPED = inCheckout("datasets/lfw-embeddings.npz");

/** `facelab build-lfw`: all of LFW to one file of embeddings, the dataset that ships. */
export function addBuildLfwCommand(program: Command): void {
  const command = program
    .command("build-lfw")
    .description("embed all of LFW (deep-funneled) into the file that ships with the project")
    .option("--lfw <folder>", "LFW's folder of people", inCheckout("../shared/data/lfw/lfw-deepfunneled"))
    .option("--allow-part", "also where not all of LFW is there; needs --output", false)
    .option("-o, --output <file>", "the .npz to write", SHIPPED);
  withPhotoOptions(command).action((options: BuildOptions) => build(options));
}

async function build(options: BuildOptions): Promise<void> {
  const { lfw, output, allowPart } = options;
  if (allowPart && resolve(output) === SHIPPED) {
    throw new InputError(`${SHIPPED} is of all of LFW (give --allow-part another --output)`);
  }
  await requireOutput(output, "file");
  const { samples } = await loadLfw(lfw);
  if (samples.length !== lfwSize.photos && !allowPart) {
    throw new InputError(
      `${lfw} holds ${samples.length} photos (all of LFW are ${lfwSize.photos}; --allow-part takes these)`,
    );
  }
  const pipeline = await facePipeline(pipelineOptions(options));
  const { embedder, provenance, notices } = pipeline;
  for (const notice of notices) console.log(`note: ${notice}`);
  printProvenance(provenance);
  const bar = progressBar("photos");
  const paths = samples.map(({ path }) => path);
  const { embeddings, standIns } = await embedOrStandIn(paths, pipeline, bar.update).finally(bar.stop);
  printCache(pipeline);
  const lost = new Set(standIns.map(({ row }) => row));
  await mkdir(dirname(output), { recursive: true });
  await writeLfwEmbeddings(output, {
    names: samples.map(({ label }) => label),
    numbers: samples.map(({ path }) => Number(/_(\d{4})\.jpg$/.exec(path)?.[1])),
    found: samples.map((_, row) => !lost.has(row)),
    embeddings,
    provenance: portable(provenance),
  });
  printWithoutFace(
    samples.map(({ path }, row) => {
      const without = standIns.find((one) => one.row === row);
      return without === undefined ? { kind: "face", path } : { kind: "none", ...without };
    }),
  );
  console.log(`embeddings: ${output} (${embeddings.length} x ${embedder.dimensions})`);
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
