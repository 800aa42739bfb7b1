import type { Command } from "commander";
import { loadModelFiles, type ModelEntry, type ModelStatus, modelEntry, modelStatus, models } from "facelab";
import type { FetchOptions } from "./download-options.js";
import { runModelFetch, withModelFetchOptions } from "./fetch-model.js";
import { printable } from "./printable.js";
import { wrapped } from "./wrapped.js";

/** `facelab models`: what is known of every model, and `models fetch NAME`, which downloads one. */
export function addModelsCommand(program: Command): void {
  const command = program
    .command("models")
    .description("list every model with its licence, training set and sha256, and whether it is here")
    .option("--json", "print everything as JSON")
    .action(({ json = false }: { json?: boolean }) => runList(json));
  const fetch = command
    .command("fetch")
    .argument("<name>", "a name that `facelab models` lists")
    .description("download a model, resumed where it broke off and checked by sha256");
  withModelFetchOptions(fetch).action((name: string, options: FetchOptions) => runFetch(name, options));
}

async function runList(json: boolean): Promise<void> {
  const rows: { entry: ModelEntry; status: ModelStatus }[] = [];
  for (const entry of models) rows.push({ entry, status: await modelStatus(entry.name) });
  if (json) {
    const values = rows.map(({ entry, status }) => ({ ...entry, bytes: bytesOf(entry), status }));
    console.log(JSON.stringify(values, null, 2));
    return;
  }
  const blocks = rows.map(({ entry, status }) => describe(entry, status).join("\n"));
  console.log(blocks.join("\n\n"));
}

async function runFetch(name: string, options: FetchOptions): Promise<void> {
  if (!modelEntry(name).ships) return runModelFetch(name, options);
  const files = await loadModelFiles(name);
  console.log(`${name} comes with facelab, nothing to download:`);
  for (const { path } of files) console.log(`${name}: ${path} (sha256 right)`);
}

function describe(entry: ModelEntry, status: ModelStatus): string[] {
  const { name, task, files, commercialUse, commercialReason } = entry;
  const verdict = { here: "here", missing: "not here", wrong: "wrong file" }[status.kind];
  return [
    `${name}: ${task}, ${(bytesOf(entry) / 1e6).toFixed(1)} MB, ${verdict}`,
    ...(status.kind === "here"
      ? wrapped("path", printable(status.paths.at(-1)!))
      : wrapped("problem", printable(status.problem))),
    ...wrapped("licence", entry.licence),
    ...wrapped("commercial", `${commercialUse}: ${commercialReason}`),
    ...wrapped("trained on", entry.trainedOn),
    ...wrapped("LFW overlap", entry.lfwOverlap),
    ...wrapped("published", entry.published),
    ...wrapped("source", entry.source),
    ...files.flatMap((file) => wrapped("file", `${file.name}, ${file.bytes} bytes, sha256 ${file.sha256}`)),
  ];
}

function bytesOf({ files }: ModelEntry): number {
  return files.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
}
