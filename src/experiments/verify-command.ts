import type { Command } from "commander";
import {
  facePipeline,
  hasVerificationThresholds,
  InputError,
  type VerificationThreshold,
  verificationSource,
  verificationThresholds,
  verifyPhotos,
} from "facelab";
import { cosine, type PhotoOptions, pipelineOptions, withPhotoOptions } from "./options.js";

interface VerifyOptions extends PhotoOptions {
  readonly json?: boolean;
  readonly threshold?: number;
}

/** `facelab verify`: do two photos show one person? Either answer exits with 0; a script reads `--json`. */
export function addVerifyCommand(program: Command): void {
  const command = program
    .command("verify")
    .argument("<a>", "a photo")
    .argument("<b>", "another one")
    .description("say whether two photos show one person (exit code 0 for either answer)")
    .option("--json", "print the answer as JSON")
    .option(
      "--threshold <cosine>",
      `least similarity of one person (default: ${verificationThresholds.accurate.minCosine})`,
      cosine,
    );
  withPhotoOptions(command).action((a: string, b: string, options: VerifyOptions) => verify(a, b, options));
}

async function verify(a: string, b: string, options: VerifyOptions): Promise<void> {
  if (options.face === "all") {
    throw new InputError("invalid --face: all (one face of each photo is compared; take centre or largest)");
  }
  const pipeline = await facePipeline(pipelineOptions(options));
  // Standard output is for the JSON alone.
  for (const notice of pipeline.notices) (options.json ? console.error : console.log)(`note: ${notice}`);
  const { threshold: minCosine } = options;
  const found = await verifyPhotos(a, b, { pipeline, minCosine });
  const { accurate, strict } = verificationThresholds;
  const known = hasVerificationThresholds(pipeline.embedder.name);
  if (options.json) {
    const rates = minCosine === undefined ? accurate : null;
    const measured = known ? { rates, strict, source: verificationSource } : { rates };
    console.log(JSON.stringify({ photos: [a, b], ...found, ...measured }, null, 1));
    return;
  }
  console.log(found.verdict);
  console.log(`cosine similarity ${found.similarity.toFixed(4)}, distance ${found.distance.toFixed(2)}`);
  if (minCosine === undefined) console.log(`threshold: ${describe(accurate)}`);
  else console.log(`threshold: similarity >= ${minCosine} (given; its error rates are not known)`);
  if (!known) return;
  const passes = found.similarity >= strict.minCosine ? "passed" : "not passed";
  console.log(`stricter:  ${describe(strict)}: ${passes}`);
  console.log(`(${verificationSource})`);
}

function describe({ minCosine, falseAcceptRate, falseRejectRate }: VerificationThreshold): string {
  const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;
  return `similarity >= ${minCosine} (FAR ${percent(falseAcceptRate)}, FRR ${percent(falseRejectRate)})`;
}
