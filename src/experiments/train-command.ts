import { type Command, Option } from "commander";
import {
  classifiers,
  createRandom,
  type EmbeddedSet,
  type FacePipeline,
  InputError,
  openDataset,
  type Recogniser,
  saveRecogniser,
  trainRecogniser,
} from "facelab";
import { integer, type PhotoOptions, pipelineOf, withPhotoOptions } from "./options.js";
import { printEmbedded } from "./print-photos.js";
import { printable } from "./printable.js";
import { progressBar } from "./progress.js";
import { requireOutput } from "./require-output.js";
import { requireEveryPhoto, type StrictOption, withStrictOption } from "./strict.js";

interface TrainOptions extends PhotoOptions, StrictOption {
  readonly output: string;
  readonly classifier: string;
  readonly part: "all" | "train";
  readonly seed: number;
}

/** Not those that always give one name, or need other numbers than those of the pipeline's embedder. */
const recognising = Object.entries(classifiers)
  .filter(([name, create]) => name !== "majority" && create().embedder === undefined)
  .map(([name]) => name);

/** `facelab train`: a folder of people to a model that `facelab recognise` takes. */
export function addTrainCommand(program: Command): void {
  const command = program
    .command("train")
    .argument(
      "<dataset>",
      "a folder with one folder of photos per person, or a .npz of encode, extract or embed",
    )
    .description("learn to recognise people, and write the model to a file")
    .option("-o, --output <file>", "the model to write", "model.json")
    .addOption(
      new Option("--classifier <name>", "what tells the people apart").choices(recognising).default("svm"),
    )
    .addOption(
      new Option("--part <part>", "of a dataset that is divided: everything, or its train part")
        .choices(["all", "train"])
        .default("all"),
    )
    .option("--seed <n>", "seed of everything random", integer(0), 0);
  withStrictOption(withPhotoOptions(command)).action((path: string, options: TrainOptions) =>
    train(path, options),
  );
}

async function train(path: string, options: TrainOptions): Promise<void> {
  await requireOutput(options.output, "file");
  const random = createRandom(options.seed);
  const bar = progressBar("photos");
  let pipeline: FacePipeline | undefined;
  const opened = await openDataset(path, {
    random,
    onProgress: bar.update,
    pipeline: async () => {
      pipeline = await pipelineOf(options);
      return pipeline;
    },
  }).finally(bar.stop);
  printEmbedded(opened, pipeline);
  const { set, ignored } = opened;
  requireEveryPhoto(options, set.photos, ignored);
  if (set.provenance?.embedder === undefined) {
    throw new InputError(
      `unknown embedder: ${path} (it does not say what made its numbers, so no photo could be compared with them; make it with facelab encode)`,
    );
  }
  const { classifier, part, output } = options;
  const recogniser = await trainRecogniser(set, { classifier, part, random });
  printPeople(set, part);
  printChosen(classifier, recogniser);
  await saveRecogniser(output, recogniser);
  console.log(`model: ${output} (it holds embeddings of these faces: personal data)`);
}

/** Everybody with the photos that were used and those that were not. */
function printPeople({ photos }: EmbeddedSet, part: "all" | "train"): void {
  const used = photos.filter((photo) => part === "all" || photo.part === part);
  const counts = new Map<string, { faces: number; without: number }>();
  for (const { label, kind } of used) {
    const { faces, without } = counts.get(label) ?? { faces: 0, without: 0 };
    counts.set(label, kind === "face" ? { faces: faces + 1, without } : { faces, without: without + 1 });
  }
  console.log(`people: ${counts.size}${part === "train" ? ", train part only" : ""}`);
  for (const [label, { faces, without }] of counts) {
    const rest = without > 0 ? `, ${without} without a face` : "";
    const none = faces === 0 ? ": not enrolled" : "";
    console.log(`  ${printable(label)}: ${faces} ${faces === 1 ? "face" : "faces"}${rest}${none}`);
  }
  const single = [...counts].filter(([, { faces }]) => faces === 1).map(([label]) => printable(label));
  if (single.length === 0) return;
  const enrolled = [...counts.values()].filter(({ faces }) => faces > 0).length;
  console.log(
    single.length === enrolled
      ? "note: nobody has a second photo, so nothing says how alike two photos of one person are: the threshold is half-way from the nearest other person to 1, which is strict (add photos)"
      : `note: with one photo, so that the threshold is from the others' photos alone: ${single.join(", ")}`,
  );
}

function printChosen(name: string, { model, gallery }: Recogniser): void {
  // Lists are what was searched, and stand in the file.
  const chosen = Object.entries(model.chosen)
    .filter(([, value]) => !Array.isArray(value))
    .map(([key, value]) => `${key} ${typeof value === "number" ? Number(value.toPrecision(4)) : value}`);
  console.log(`classifier: ${name}${chosen.length > 0 ? ` (${chosen.join(", ")})` : ""}`);
  const percent = (share: number | null): string => (share === null ? "-" : `${(100 * share).toFixed(1)} %`);
  const { minCosine, falseAcceptRate, falseRejectRate } = gallery;
  console.log(
    `named from a cosine similarity of ${minCosine.toFixed(3)} on (of the training faces ${percent(falseRejectRate)} below it, as strangers ${percent(falseAcceptRate)} above)`,
  );
}
