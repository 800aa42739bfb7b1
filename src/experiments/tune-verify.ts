import { join } from "node:path";
import type { Command } from "commander";
import { readLfwEmbeddings, readLfwPairs, tuneVerification, type VerificationThreshold } from "facelab";
import { inCheckout } from "./paths.js";

interface TuneOptions {
  readonly lfw: string;
  readonly embeddings: string;
}

/** `facelab tune-verify`: from which similarity on are two photos of one person? Asked on View 1 of LFW, made for tuning. */
export function addTuneVerifyCommand(program: Command): void {
  program
    .command("tune-verify")
    .description(
      "choose the thresholds of verify on View 1 of LFW, and print them as they stand in its source",
    )
    .option("--lfw <folder>", "the folder of the pairs files", inCheckout("../shared/data/lfw"))
    .option("--embeddings <file>", "the .npz of build-lfw", inCheckout("datasets/lfw-embeddings.npz"))
    .action((options: TuneOptions) => tune(options));
}

async function tune({ lfw, embeddings }: TuneOptions): Promise<void> {
  const lists = ["pairsDevTrain.txt", "pairsDevTest.txt"].map((name) => readLfwPairs(join(lfw, name)));
  const [train = [], test = []] = (await Promise.all(lists)).map(({ folds }) => folds.flat());
  const tuned = tuneVerification(await readLfwEmbeddings(embeddings), train, test);
  const { strangers, withoutFace } = tuned;
  console.log(`View 1 of LFW: tuned on ${train.length} pairs, rates on ${test.length} others`);
  console.log(`strict: tuned on ${strangers.strict} pairs of strangers among the same photos`);
  console.log(`photos without a face, of which the stand-in counts: ${withoutFace}\n`);
  console.log(`  accurate: ${source(tuned.accurate)},`);
  console.log(`  strict: ${source(tuned.strict)},`);
}

/** As it stands in verification-threshold.ts. */
function source({ minCosine, falseAcceptRate, falseRejectRate }: VerificationThreshold): string {
  const rate = (share: number): string => String(Number(share.toPrecision(2)));
  return `{ minCosine: ${minCosine}, falseAcceptRate: ${rate(falseAcceptRate)}, falseRejectRate: ${rate(falseRejectRate)} }`;
}
