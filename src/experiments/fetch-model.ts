import { type Command, Option } from "commander";
import { fetchModel, modelEntry, modelsDirectory } from "facelab";
import { downloadProgress, type FetchOptions, mirrorOption } from "./download-options.js";
import { requireOutput } from "./require-output.js";

/** Adds the options of {@link runModelFetch}. */
export function withModelFetchOptions(command: Command): Command {
  return command
    .option("--to <folder>", "folder of models", modelsDirectory())
    .addOption(new Option("--from <folder>", "copy the files from a folder").conflicts("mirror"))
    .addOption(mirrorOption());
}

/**
 * Downloads one model of the registry, or copies it, and prints its terms first and then where it is.
 * @throws InputError on an unknown name, and where the model cannot be had or written.
 */
export async function runModelFetch(name: string, { to, from, mirror }: FetchOptions): Promise<void> {
  const { licence, commercialUse, commercialReason } = modelEntry(name);
  await requireOutput(to, "folder", "--to");
  console.log(`licence: ${licence}; commercial use ${commercialUse}: ${commercialReason}`);
  const progress = downloadProgress();
  const fetched = fetchModel(name, { from, mirrors: mirror, onProgress: progress.update }, to);
  const paths = await fetched.finally(progress.stop);
  for (const path of paths) console.log(`${name}: ${path} (sha256 right)`);
  const mtcnn = name === "mtcnn-reference";
  if (to !== modelsDirectory()) {
    const manifest = mtcnn ? `, or give --weights ${paths.at(-1)}` : "";
    console.log(`next: set FACELAB_MODELS to ${to}${manifest}`);
  } else console.log(`next: npm run ${mtcnn ? "info shows them in use" : "models shows where it is"}`);
}
