import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Command } from "commander";
import { chooseEmbedder, diskCache, embedFacesFile, onnxFallbackReason, writeEmbeddingsFile } from "facelab";
import { type PhotoOptions, withEmbedderOptions } from "./options.js";
import { printCache, printProvenance, printWithoutFace } from "./print-photos.js";
import { progressBar } from "./progress.js";
import { requireOutput } from "./require-output.js";
import { requireEveryPhoto, type StrictOption, withStrictOption } from "./strict.js";

interface EmbedOptions
  extends Pick<PhotoOptions, "embedder" | "engine" | "precision" | "mirror" | "threads" | "cache">,
    StrictOption {
  readonly output: string;
}

/** `facelab embed`: faces-dataset.npz to faces-embeddings.npz. */
export function addEmbedCommand(program: Command): void {
  const command = program
    .command("embed")
    .argument("<file>", "a .npz of extract")
    .description("embed the faces of a .npz that extract has written")
    .option("-o, --output <file>", "the .npz to write", "faces-embeddings.npz");
  withStrictOption(withEmbedderOptions(command)).action(async (file: string, options: EmbedOptions) => {
    await requireOutput(options.output, "file");
    const { embedder, notices } = await chooseEmbedder(options);
    for (const line of [...notices, onnxFallbackReason()])
      if (line !== undefined) console.log(`note: ${line}`);
    const bar = progressBar("faces");
    const cache = options.cache ? diskCache() : undefined;
    const set = await embedFacesFile(file, { embedder, cache }, bar.update).finally(bar.stop);
    printProvenance(set.provenance);
    printWithoutFace(set.photos);
    printCache({ cache }, "faces");
    requireEveryPhoto(options, set.photos, []);
    await mkdir(dirname(options.output), { recursive: true });
    await writeEmbeddingsFile(options.output, set);
    const count = (part: string): number =>
      set.photos.filter((photo) => photo.kind === "face" && photo.part === part).length;
    console.log(`embeddings: ${options.output} (train ${count("train")}, test ${count("test")})`);
  });
}
