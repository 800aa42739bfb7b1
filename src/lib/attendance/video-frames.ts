import { spawn } from "node:child_process";
import { once } from "node:events";
import { InputError } from "../errors.js";
import { readPnm } from "../images/read-pnm.js";
import type { RgbImage } from "../types.js";

/** One picture of a video. */
export interface VideoFrame {
  readonly image: RgbImage;
  /** Since the first frame. */
  readonly seconds: number;
}

/** How {@link videoFrames} looks at a video. */
export interface VideoOptions {
  /** Frames a second: others are left out, missing ones repeated. @default 5 */
  readonly fps?: number;
  /** Wider frames are made smaller to so many pixels. @default 1280 */
  readonly maxWidth?: number;
  /** The program. @default "ffmpeg", as the system finds it */
  readonly ffmpeg?: string;
}

/** How each system's cameras are opened by ffmpeg, and which is the first. */
const CAMERAS: Partial<Record<NodeJS.Platform, { readonly format: string; readonly first: string }>> = {
  linux: { format: "v4l2", first: "/dev/video0" },
  darwin: { format: "avfoundation", first: "0" },
  win32: { format: "dshow", first: "video=Integrated Camera" },
};

/**
 * The frames of a video file or of a camera, one after the other, decoded by the system's ffmpeg; it waits for whoever reads them. A
 * loop that is left early ends ffmpeg too.
 * @param source a video file; `camera` for the first camera, or `camera:NAME` as ffmpeg calls it (`camera:/dev/video1`).
 * @throws InputError where ffmpeg is missing, or cannot read the source.
 */
export async function* videoFrames(
  source: string,
  { fps = 5, maxWidth = 1280, ffmpeg = "ffmpeg" }: VideoOptions = {},
): AsyncGenerator<VideoFrame> {
  const filter = `fps=${fps},scale='min(${maxWidth},iw)':-2`;
  const output = ["-an", "-vf", filter, "-f", "image2pipe", "-c:v", "ppm", "-"];
  const child = spawn(ffmpeg, ["-nostdin", "-v", "error", ...inputOptions(source), ...output], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const ended = once(child, "close") as Promise<[number | null]>;
  // Whoever waits for `ended` hears of a failed start; without this line it would be unhandled until then.
  ended.catch(() => undefined);
  try {
    let index = 0;
    for await (const bytes of portableMaps(child.stdout)) {
      yield { image: readPnm(bytes), seconds: index++ / fps };
    }
    const [code] = await ended.catch((cause: Error) => notStarted(ffmpeg, cause));
    if (code !== 0) throw new InputError(`cannot read video: ${source} (${lastLine(said)})`);
    if (index === 0) throw new InputError(`no frames in video: ${source}`);
  } finally {
    child.kill("SIGKILL");
  }
}

/** Whether something is a camera in the words of {@link videoFrames}. */
export function isCamera(source: string): boolean {
  return source === "camera" || source.startsWith("camera:");
}

function inputOptions(source: string): string[] {
  // `file:` so that a file called `http:...` or `-i` is a file.
  if (!isCamera(source)) return ["-i", `file:${source}`];
  const camera = CAMERAS[process.platform];
  if (camera === undefined) throw new InputError(`no cameras on this system: ${process.platform}`);
  const name = source.slice("camera:".length);
  return ["-f", camera.format, "-i", name === "" ? camera.first : name];
}

function notStarted(ffmpeg: string, cause: Error): never {
  throw new InputError(
    `cannot run ${ffmpeg}: it reads videos and cameras (install it: apt install ffmpeg, brew install ffmpeg or winget install ffmpeg; or give photos)`,
    { cause },
  );
}

function lastLine(said: readonly string[]): string {
  return said.join("").trim().split("\n").at(-1) || "ffmpeg does not say why";
}

/** Cuts ffmpeg's stream into its pictures: each is `P6\nWIDTH HEIGHT\n255\n` and the pixels. */
async function* portableMaps(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let have = 0;
  let need = 32;
  for await (const chunk of stream) {
    chunks.push(chunk);
    have += chunk.length;
    // Put together only when a whole picture is there: pieces of 64 KiB would otherwise be copied again and again.
    while (have >= need) {
      const bytes = Buffer.concat(chunks);
      const header = /^P6\s(\d+) (\d+)\s255\s/.exec(bytes.toString("latin1", 0, 32));
      if (header === null) throw new InputError("ffmpeg's stream is damaged (expected a P6 picture)");
      const length = header[0].length + 3 * Number(header[1]) * Number(header[2]);
      chunks = [bytes];
      need = length;
      if (have < length) break;
      yield bytes.subarray(0, length);
      chunks = [bytes.subarray(length)];
      have -= length;
      need = 32;
    }
  }
  if (have > 0) throw new InputError("ffmpeg's stream ends within a picture");
}
