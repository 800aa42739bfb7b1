import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Command } from "commander";
import { encodeFolder, writeEncodingsFile } from "facelab";
import { integer, type PhotoOptions, pipelineOf, withPhotoOptions } from "./options.js";
import { printEmbedded } from "./print-photos.js";
import { progressBar } from "./progress.js";
import { requireOutput } from "./require-output.js";
import { requireEveryPhoto, type StrictOption, withStrictOption } from "./strict.js";

interface EncodeOptions extends PhotoOptions, StrictOption {
  readonly output: string;
  readonly minPhotos: number;
}

/** `facelab encode`: photos to encodings.npz, in one step and one matrix. */
export function addEncodeCommand(program: Command): void {
  const command = program
    .command("encode")
    .argument("<folder>", "one folder of photos per person, or train/ and val/ or test/ with these inside")
    .description("embed every photo of a folder into one .npz: X, y and paths")
    .option("-o, --output <file>", "the .npz to write", "encodings.npz")
    .option("--min-photos <n>", "leave out people with fewer", integer(1), 1);
  withStrictOption(withPhotoOptions(command)).action(async (folder: string, options: EncodeOptions) => {
    await requireOutput(options.output, "file");
    const pipeline = await pipelineOf(options);
    const { minPhotos } = options;
    const bar = progressBar("photos");
    const encoded = await encodeFolder(folder, {
      pipeline,
      minPhotos,
      onProgress: bar.update,
    }).finally(bar.stop);
    printEmbedded(encoded, pipeline);
    const { set, ignored } = encoded;
    requireEveryPhoto(options, set.photos, ignored);
    await mkdir(dirname(options.output), { recursive: true });
    await writeEncodingsFile(options.output, set);
    const faces = set.photos.filter(({ kind }) => kind === "face");
    const people = new Set(faces.map(({ label }) => label)).size;
    console.log(`encodings: ${options.output} (${faces.length} faces of ${people} people)`);
  });
}
