import { relative } from "node:path";
import { type Command, Option } from "commander";
import { type FetchedLfw, fetchLfw, type LfwVariant, lfwArchives, lfwTerms, takeLfw } from "facelab";
import { downloadProgress, type FetchOptions, mirrorOption } from "./download-options.js";
import { runModelFetch, withModelFetchOptions } from "./fetch-model.js";
import { inCheckout } from "./paths.js";
import { requireOutput } from "./require-output.js";

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
    .description(
      "MTCNN's published weights (MIT), to where --weights mtcnn-reference finds them; as models fetch mtcnn-reference",
    );
  withModelFetchOptions(mtcnn).action((options: FetchOptions) => runModelFetch("mtcnn-reference", options));
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
