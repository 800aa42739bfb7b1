import { relative } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type FetchedLfw,
  fetchLfw,
  fetchMtcnn,
  type LfwVariant,
  lfwArchives,
  lfwTerms,
  modelsDirectory,
  type RemoteFile,
  takeLfw,
} from "facelab";
import { inCheckout } from "./paths.js";
import { progressBar } from "./progress.js";
import { requireOutput } from "./require-output.js";

/** Bytes; smaller files are there before a bar could be read. */
const LARGE = 1e6;
/** As a shell reports Ctrl-C. */
const INTERRUPTED = 130;

interface FetchOptions {
  readonly to: string;
  readonly from?: string;
  readonly mirror?: string[];
}

/** `facelab fetch`: datasets and models from the internet, each checked against its sha256. */
export function addFetchCommand(program: Command): void {
  const fetch = program
    .command("fetch")
    .description("download LFW or MTCNN's weights, resumed where it broke off and checked by sha256");
  const lfw = fetch
    .command("lfw")
    .description("Labeled Faces in the Wild, with its pairs.txt")
    .addOption(
      new Option("--variant <name>", "which version")
        .choices(Object.keys(lfwArchives))
        .default("lfw-funneled"),
    )
    .option("--to <folder>", "where to put it", relative(process.cwd(), inCheckout("facelab-data/lfw")))
    .addOption(
      new Option(
        "--from <path>",
        "a .tgz or a folder of any version, as lfw-deepfunneled: nothing is downloaded",
      ).conflicts(["mirror", "variant"]),
    )
    .addOption(mirrorOption());
  lfw.action((options: FetchOptions & { variant: LfwVariant }) => runLfw(options));
  const mtcnn = fetch
    .command("mtcnn")
    .description("MTCNN's reference weights (MIT), to where the detector finds them")
    .option("--to <folder>", "folder of models", modelsDirectory())
    .addOption(new Option("--from <folder>", "copy the two files from a folder").conflicts("mirror"))
    .addOption(mirrorOption());
  mtcnn.action((options: FetchOptions) => runMtcnn(options));
}

async function runLfw({ to, from, mirror, variant }: FetchOptions & { variant: LfwVariant }): Promise<void> {
  await requireOutput(to, "folder", "--to");
  for (const line of lfwTerms) console.log(line);
  const progress = downloadProgress();
  const fetched = await (from === undefined
    ? fetchLfw(to, {
        variant,
        mirrors: mirror,
        onProgress: progress.update,
        onUnpack: () => {
          progress.stop();
          console.log("unpacking");
        },
      })
    : takeLfw(from, to)
  ).finally(progress.stop);
  printLfw(fetched, from);
}

function printLfw({ kind, folder, verified, people, photos }: FetchedLfw, from: string | undefined): void {
  if (kind === "complete") console.log(`complete already, nothing to do: ${folder}`);
  else if (verified === undefined) {
    console.log(
      `note: no sha256 is known for ${from}; people and photos were counted, the photos not looked at`,
    );
  } else console.log(`sha256 right: ${verified}`);
  console.log(`LFW: ${people} people, ${photos} photos in ${folder}`);
  console.log(`next: npm run eval -- --dataset "${folder}" --min-photos 20 --photos-per-person 20`);
}

async function runMtcnn({ to, from, mirror }: FetchOptions): Promise<void> {
  await requireOutput(to, "folder", "--to");
  const progress = downloadProgress();
  const manifest = await fetchMtcnn({ from, mirrors: mirror, onProgress: progress.update }, to).finally(
    progress.stop,
  );
  console.log(`MTCNN: ${manifest} (sha256 right)`);
  if (to !== modelsDirectory())
    console.log(`next: set FACELAB_MODELS to ${to}, or give --weights ${manifest}`);
  else console.log("next: npm run info shows them in use");
}

function mirrorOption(): Option {
  return new Option(
    "--mirror <url>",
    "address of a folder with the files, tried instead of their own; may be repeated",
  ).argParser((text: string, earlier: string[] | undefined) => [...(earlier ?? []), webAddress(text)]);
}

function webAddress(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError("must be an address that begins with https:// or http://.");
  }
  return text;
}

/** A bar for each file that takes a while, in megabytes. */
function downloadProgress(): {
  update: (file: RemoteFile, done: number, total: number | undefined) => void;
  stop: () => void;
} {
  const bar = progressBar("MB");
  const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;
  // A part is whole up to its last byte whenever the process ends: only the terminal needs its cursor back.
  process.once("SIGINT", () => {
    bar.stop();
    console.error("facelab: stopped (the same command goes on from here)");
    process.exit(INTERRUPTED);
  });
  return {
    update(_, done, total) {
      if (total !== undefined && total >= LARGE) bar.update(megabytes(done), megabytes(total));
    },
    stop: () => bar.stop(),
  };
}
