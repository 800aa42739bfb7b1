import { randomInt } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  classifiers,
  createClassifier,
  createRandom,
  datasetKind,
  drawTestFaces,
  type EmbeddedFace,
  type FacePrediction,
  facePipeline,
  predictFace,
  predictionPicture,
  type Random,
  sampleFaces,
  writePng,
} from "facelab";
import {
  integer,
  type PhotoOptions,
  pipelineOf,
  pipelineOptions,
  share,
  withPhotoOptions,
} from "./options.js";
import { inCheckout } from "./paths.js";
import { printIgnored, printNotices, printProvenance, printWithoutFace } from "./print-photos.js";
import { progressBar } from "./progress.js";
import { requireOutput } from "./require-output.js";

interface PredictOptions extends PhotoOptions {
  readonly dataset?: string;
  readonly classifier: string;
  readonly count: number;
  readonly testSize?: number;
  readonly seed?: number;
  readonly output?: string;
}

/** Faces to learn from and faces to ask about, with the title of their picture. */
interface Faces {
  readonly train: readonly EmbeddedFace[];
  readonly test: readonly EmbeddedFace[];
  readonly title: string;
}

/** `facelab predict`: random test faces with true and predicted names, as a picture. */
export function addPredictCommand(program: Command): void {
  const command = program
    .command("predict")
    .description(
      "draw random test faces and what a classifier says of them; without a dataset, the sample faces that ship along",
    )
    .option("--dataset <path>", "a folder with one folder of photos per person, or a .npz of extract")
    .option("--count <n>", "how many test faces", integer(1), 1)
    .addOption(
      new Option("--classifier <name>", "which classifier").choices(Object.keys(classifiers)).default("svm"),
    )
    .option("--test-size <share>", "part of each person's photos to test on (default: 0.3)", share)
    .option("--seed <n>", "repeats a picture (default: another one each run, which is printed)", integer(0))
    .option(
      "-o, --output <file>",
      "the .png to write (default: results/predictions/prediction-SEED.png)",
      png,
    );
  withPhotoOptions(command).action((options: PredictOptions) => runPredict(options));
}

async function runPredict(options: PredictOptions): Promise<void> {
  const seed = options.seed ?? randomInt(2 ** 31);
  const { dataset, count } = options;
  const output = options.output ?? defaultOutput(seed);
  await requireOutput(output, "file");
  console.log(options.seed === undefined ? `seed: ${seed} (repeat it with --seed ${seed})` : `seed: ${seed}`);
  const random = createRandom(seed);
  const faces =
    dataset === undefined ? await fromSamples(options, random) : await fromDataset(dataset, options, random);
  if (faces.test.length < count) {
    console.log(`note: fewer test faces than --count ${count}: all ${faces.test.length} are drawn`);
  }
  const model = await createClassifier(options.classifier).fit(faces.train, random.fork("fit"));
  const predictions = faces.test.map((face) => predictFace(model, face, faces.train));
  const folder =
    dataset !== undefined && (await datasetKind(dataset)) === "folder" ? resolve(dataset) : undefined;
  for (const prediction of predictions) console.log(describe(prediction, folder));
  const right = predictions.filter(({ correct }) => correct).length;
  const drawn = `${right} of ${predictions.length} drawn ${predictions.length === 1 ? "face" : "faces"} right`;
  const picture = await predictionPicture(predictions.map(cell), {
    title: faces.title,
    footer: `${drawn}: so few are no accuracy (${options.classifier}, seed ${seed}).`,
  });
  await mkdir(dirname(output), { recursive: true });
  await writePng(output, picture);
  console.log(`${drawn} (so few are no accuracy: facelab eval measures it)`);
  console.log(`picture: ${output}`);
}

async function fromSamples(options: PredictOptions, random: Random): Promise<Faces> {
  const pipeline = await pipelineOf(options);
  printProvenance(pipeline.provenance);
  const bars = { photos: progressBar("photos"), faces: progressBar("faces") };
  const { photos, leftOut } = await sampleFaces({
    pipeline,
    random: random.fork("variations"),
    testFaces: options.count,
    onProgress(done, total, step) {
      bars[step].update(done, total);
      if (done === total) bars[step].stop();
    },
  }).finally(() => {
    bars.photos.stop();
    bars.faces.stop();
  });
  const people = new Set(photos.map(({ label }) => label)).size;
  const { tooSmall, perhapsTheSamePerson } = leftOut;
  console.log(
    `sample faces: ${people} (left out: ${perhapsTheSamePerson} perhaps of the same person, ${tooSmall} too small)`,
  );
  console.log("variations of one photo each: not an accuracy (--dataset takes photos of your own)");
  return {
    train: photos.filter(({ part }) => part === "train"),
    test: photos.filter(({ part }) => part === "test"),
    title: "variations of one photo each: not an accuracy",
  };
}

async function fromDataset(path: string, options: PredictOptions, random: Random): Promise<Faces> {
  const bar = progressBar("photos");
  const found = await drawTestFaces(path, {
    count: options.count,
    testSize: options.testSize,
    random,
    pipeline: () => facePipeline(pipelineOptions(options)),
    onProgress: bar.update,
  }).finally(bar.stop);
  printNotices(found.notices);
  printProvenance(found.provenance);
  printWithoutFace(found.looked);
  printIgnored(found.ignored, []);
  const { train, test, testPhotos } = found;
  const people = new Set(train.map(({ label }) => label)).size;
  console.log(
    `train: ${train.length} faces of ${people} people; drawn: ${test.length} of ${testPhotos} test photos`,
  );
  const name = basename(resolve(path)).replace(/\.npz$/, "");
  return { train, test, title: `${name}: random test faces` };
}

/** One line, whatever the names hold. */
function describe(answer: FacePrediction, folder: string | undefined): string {
  const { face, prediction, probability, nearest, distance } = answer;
  const name = (path: string): string => (folder === undefined ? path : relative(folder, resolve(path)));
  const percent = `${(100 * probability).toFixed(1)} %`;
  const predicted =
    prediction.kind === "person"
      ? `${prediction.label} (${percent})`
      : `unknown (most probable person: ${percent})`;
  const line =
    `true: ${face.label}, predicted: ${predicted}, nearest training photo: ${name(nearest.path)}, ` +
    `distance ${distance.toFixed(2)}, test photo: ${name(face.path)}`;
  return line.replaceAll(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}

function cell(answer: FacePrediction): Parameters<typeof predictionPicture>[0][number] {
  const { face, prediction, probability, correct, nearest, distance } = answer;
  return {
    truth: face.label,
    predicted: prediction.kind === "person" ? prediction.label : null,
    probability,
    correct,
    probe: face.crop,
    nearest: nearest.crop,
    nearestLabel: nearest.label,
    distance,
  };
}

function defaultOutput(seed: number): string {
  return join(relative(process.cwd(), inCheckout("results/predictions")), `prediction-${seed}.png`);
}

function png(text: string): string {
  if (!/\.png$/i.test(text)) throw new InvalidArgumentError("must end in .png.");
  return text;
}
