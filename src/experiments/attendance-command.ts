import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import {
  type AttendanceAnswer,
  type AttendanceLog,
  answerPhoto,
  attendanceLog,
  createRandom,
  type FacePipeline,
  InputError,
  isCamera,
  listPhotos,
  openDataset,
  type Recogniser,
  readRecogniser,
  trainRecogniser,
  videoFrames,
  watchFaces,
} from "facelab";
import { addEncodeCommand } from "./encode-command.js";
import { number, type PhotoOptions, pipelineOf, withPhotoOptions } from "./options.js";
import { printIgnored } from "./print-photos.js";
import { printable } from "./printable.js";
import { requireOutput } from "./require-output.js";
import { addTrainCommand } from "./train-command.js";

interface RecogniseOptions extends PhotoOptions {
  readonly encodings: string;
  readonly model?: string;
  readonly log: string;
  readonly session: string;
  readonly fps: number;
  readonly reviewMargin?: number;
}

/** What every source is looked at with. */
interface Desk {
  readonly pipeline: FacePipeline;
  readonly recogniser: Recogniser;
  readonly log: AttendanceLog;
  readonly options: RecogniseOptions;
}

/** `facelab attendance`: who is here? Encode once, then recognise photos, a video or a camera into a log. */
export function addAttendanceCommand(program: Command): void {
  const attendance = program.command("attendance").description("take attendance from photos or a video");
  addEncodeCommand(attendance);
  addTrainCommand(attendance);
  const command = attendance
    .command("recognise")
    .argument("<source...>", "photos, folders of photos, videos, or camera (camera:NAME for another one)")
    .description("mark everybody who is recognised once, and log strangers and close calls")
    .option("--encodings <file>", "a .npz of encode; it is trained on at the start", "encodings.npz")
    .addOption(new Option("--model <file>", "a model of train").conflicts("encodings"))
    .option("--log <file>", "the CSV to continue, or to begin", "attendance.csv")
    .option("--session <name>", "such as the class; everybody is marked once in it a day", "attendance")
    .option("--fps <n>", "frames a second of a video or camera to look at", number(0, 60), 5)
    .option(
      "--review-margin <distance>",
      "where the second person is less than this farther away it is a close call (default: 0.02)",
      number(0, 2),
    );
  withPhotoOptions(command, "all").action((sources: string[], options: RecogniseOptions) =>
    recognise(sources, options),
  );
}

async function recognise(sources: readonly string[], options: RecogniseOptions): Promise<void> {
  const { log: path, session } = options;
  await requireOutput(path, "file", "--log");
  const file = options.model ?? options.encodings;
  const pipeline = await pipelineOf(options);
  const recogniser = await recogniserOf(options, pipeline);
  const sha256 = createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
  const log = await attendanceLog(path, session, sha256.slice(0, 12));
  const before = log.entries.length;
  const desk: Desk = { pipeline, recogniser, log, options };
  for (const source of sources) await (isVideo(source) ? watch(source, desk) : lookAt(source, desk));
  printSummary(desk, before);
}

/** A folder or a photo is looked at as such; any other file, and a camera, goes through ffmpeg. */
function isVideo(source: string): boolean {
  return isCamera(source) || /\.(mp4|m4v|mov|mkv|webm|avi|mpe?g|wmv|ogv|3gp|ts)$/i.test(source);
}

async function recogniserOf(
  { model, encodings }: RecogniseOptions,
  { embedder }: FacePipeline,
): Promise<Recogniser> {
  if (model !== undefined) return readRecogniser(model, { embedder });
  const exists = await stat(encodings).catch(() => undefined);
  if (exists === undefined) {
    throw new InputError(
      `no encodings: ${encodings} (make them with facelab attendance encode FOLDER, or name them with --encodings)`,
    );
  }
  const { set } = await openDataset(encodings, {
    random: createRandom(0),
    pipeline: () => {
      throw new InputError(`not a .npz of encode: ${encodings}`);
    },
  });
  return trainRecogniser(set);
}

async function lookAt(source: string, { pipeline, recogniser, log, options }: Desk): Promise<void> {
  const { photos, ignored } = await listPhotos([source]);
  if (photos.length === 0) throw new InputError(`no photos: ${printable(source)}`);
  for (const photo of photos) {
    const found = await answerPhoto(photo, recogniser, pipeline, options.reviewMargin);
    if (found.kind === "none") {
      console.log(`${printable(photo)}: ${found.reason} (${printable(found.detail)})`);
      continue;
    }
    for (const answer of found.answers) await take(log, answer, photo, photo);
  }
  printIgnored(ignored, []);
}

async function watch(source: string, { pipeline, recogniser, log, options }: Desk): Promise<void> {
  const { detector, embedder } = pipeline;
  const { fps, reviewMargin } = options;
  if (!isCamera(source) && !(await stat(source).catch(() => undefined))?.isFile()) {
    throw new InputError(`no such video: ${source}`);
  }
  const frames = videoFrames(isCamera(source) ? source : resolve(source), { fps });
  const tally = { frames: 0, faces: 0, embedded: 0 };
  for await (const frame of watchFaces(frames, { recogniser, detector, embedder, reviewMargin })) {
    tally.frames++;
    tally.faces += frame.faces.length;
    tally.embedded = frame.embedded;
    for (const { answer, news } of frame.faces) {
      if (news && answer !== undefined)
        await take(log, answer, source, `${source} at ${frame.seconds.toFixed(1)} s`);
    }
  }
  console.log(
    `${printable(source)}: ${tally.frames} frames, ${tally.faces} faces, ${tally.embedded} of them embedded`,
  );
}

async function take(
  log: AttendanceLog,
  answer: AttendanceAnswer,
  source: string,
  place: string,
): Promise<void> {
  const decision = await log.take(answer, { at: new Date(), source });
  const numbers = `distance ${answer.distance.toFixed(2)}`;
  const who = printable(answer.label);
  const text = {
    marked: `${who}: marked`,
    "already marked": `${who}: already marked`,
    unknown: `unknown, nearest ${who}`,
    review: `to review: ${who} or ${printable(answer.other)}`,
  }[decision];
  console.log(`${printable(place)}: ${text}, ${numbers}`);
}

function printSummary({ recogniser, log, options }: Desk, before: number): void {
  const present = log.marked();
  const absent = recogniser.model.labels.filter((label) => !present.includes(label));
  const decided = log.entries.slice(before);
  const count = (decision: string): number => decided.filter((entry) => entry.decision === decision).length;
  console.log(`present: ${present.length === 0 ? "nobody" : present.map(printable).join(", ")}`);
  if (absent.length > 0) console.log(`not seen: ${absent.map(printable).join(", ")}`);
  console.log(
    `log: ${options.log} (${count("marked")} marked now, ${count("unknown")} unknown, ${count("review")} to review)`,
  );
}
