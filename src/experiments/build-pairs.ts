import { relative } from "node:path";
import type { Command } from "commander";
import { InputError, type LfwPhoto, readLfwEmbeddings, readLfwPairs, writeLfwRowPairs } from "facelab";
import { inCheckout } from "./paths.js";
import { requireOutput } from "./require-output.js";

interface BuildPairsOptions {
  readonly pairs: string;
  readonly embeddings: string;
  readonly output: string;
}

/** `facelab build-pairs`: View 2 of LFW as row numbers of the embeddings that ship. */
export function addBuildPairsCommand(program: Command): void {
  program
    .command("build-pairs")
    .description("turn LFW's pairs.txt into row numbers of the embeddings that ship with the project")
    .option("--pairs <file>", "LFW's list of pairs", inCheckout("../shared/data/lfw/pairs.txt"))
    .option("--embeddings <file>", "the .npz of build-lfw", inCheckout("datasets/lfw-embeddings.npz"))
    .option(
      "-o, --output <file>",
      "the .npz to write",
      relative(process.cwd(), inCheckout("datasets/lfw-pairs.npz")),
    )
    .action(build);
}

async function build({ pairs, embeddings, output }: BuildPairsOptions): Promise<void> {
  await requireOutput(output, "file");
  const { names, numbers } = await readLfwEmbeddings(embeddings);
  const rows = new Map(names.map((name, row) => [`${name} ${numbers[row]}`, row]));
  const rowOf = ({ name, number }: LfwPhoto): number => {
    const row = rows.get(`${name} ${number}`);
    if (row === undefined) {
      throw new InputError(
        `${pairs}: photo ${number} of ${name} is not in ${embeddings} (are both of the same LFW?)`,
      );
    }
    return row;
  };
  const { folds } = await readLfwPairs(pairs);
  await writeLfwRowPairs(
    output,
    folds.map((fold) => fold.map(({ a, b, same }) => ({ a: rowOf(a), b: rowOf(b), same }))),
  );
  console.log(`pairs: ${output} (${folds.length} folds, ${folds.flat().length} pairs)`);
}
