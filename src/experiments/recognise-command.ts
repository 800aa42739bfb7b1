import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import {
  drawRecognised,
  type FaceChoice,
  InputError,
  listPhotos,
  type PhotoAnswer,
  readRecogniser,
  recognisePhoto,
  writeAnswersCsv,
  writeAnswersJson,
  writePng,
} from "facelab";
import { cosine, type PhotoOptions, pipelineOf, withPhotoOptions } from "./options.js";
import { pictureNames } from "./picture-names.js";
import { printIgnored } from "./print-photos.js";
import { printable } from "./printable.js";
import { requireOutput } from "./require-output.js";

interface RecogniseOptions extends PhotoOptions {
  readonly face: FaceChoice;
  readonly model: string;
  readonly output: string;
  readonly json?: string;
  readonly csv?: string;
  readonly threshold?: number;
}

/** `facelab recognise`: who is in these photos? */
export function addRecogniseCommand(program: Command): void {
  const command = program
    .command("recognise")
    .argument("<photo...>", "photos, or folders of photos (those directly in them)")
    .description("say who is in photos, and draw it into copies of them")
    .requiredOption("--model <file>", "a model of train")
    .option("-o, --output <folder>", "where the pictures are written, NAME.recognised.png", "recognised")
    .option("--json <file>", "write everything as JSON")
    .option("--csv <file>", "write a line for each face as CSV")
    .option(
      "--threshold <cosine>",
      "least similarity at which a name is given (default: the model's)",
      cosine,
    );
  withPhotoOptions(command, "all").action((paths: string[], options: RecogniseOptions) =>
    recognise(paths, options),
  );
}

async function recognise(paths: readonly string[], options: RecogniseOptions): Promise<void> {
  const { output, json, csv, face, threshold: minCosine } = options;
  await requireOutput(output, "folder");
  for (const [name, file] of Object.entries({ json, csv })) {
    if (file !== undefined) await requireOutput(file, "file", `--${name}`);
  }
  const { photos, ignored } = await listPhotos(paths);
  if (photos.length === 0) throw new InputError(`no photos: ${paths.map(printable).join(", ")}`);
  const pipeline = await pipelineOf(options);
  const recogniser = await readRecogniser(options.model, { embedder: pipeline.embedder });
  const answers: PhotoAnswer[] = [];
  const pictures = new Map<string, string>();
  const nameOf = pictureNames();
  for (const photo of photos) {
    const found = await recognisePhoto(photo, { recogniser, pipeline, face, minCosine });
    if (found.kind === "faces") {
      const { image, ...answer } = found;
      const picture = join(output, nameOf(photo));
      await mkdir(output, { recursive: true });
      await writePng(picture, await drawRecognised(image, answer.faces));
      pictures.set(photo, picture);
      answers.push(answer);
    } else answers.push(found);
    printAnswer(answers.at(-1)!);
  }
  printIgnored(ignored, []);
  for (const file of [json, csv]) if (file !== undefined) await mkdir(dirname(file), { recursive: true });
  if (json !== undefined) await writeAnswersJson(json, answers, pictures);
  if (csv !== undefined) await writeAnswersCsv(csv, answers);
  if (pictures.size > 0) console.log(`pictures: ${output} (${pictures.size} of ${photos.length} photos)`);
  if (answers.every((answer) => answer.kind === "none" && answer.reason === "unreadable")) {
    throw new InputError(`no photo could be read (${photos.length} tried)`);
  }
}

function printAnswer(answer: PhotoAnswer): void {
  const photo = printable(answer.photo);
  if (answer.kind === "none") {
    // The message of an unreadable photo names the photo already.
    const known = answer.detail.includes(answer.photo);
    console.log(
      known ? printable(answer.detail) : `${photo}: ${answer.reason} (${printable(answer.detail)})`,
    );
    return;
  }
  for (const { identity, probability, distance, box } of answer.faces) {
    const who =
      identity.kind === "person"
        ? `${printable(identity.label)} ${Math.round(100 * probability)} %`
        : "unknown";
    const [x, y, width, height] = [box.x, box.y, box.width, box.height].map(Math.round);
    console.log(`${photo}: ${who}, distance ${distance.toFixed(2)}, at ${x},${y} ${width}x${height}`);
  }
}
