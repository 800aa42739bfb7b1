import { InvalidArgumentError, Option } from "commander";
import type { RemoteFile } from "facelab";
import { progressBar } from "./progress.js";

/** Bytes; smaller files are there before a bar could be read. */
const LARGE = 1e6;
/** As a shell reports Ctrl-C. */
const INTERRUPTED = 130;

/** Options of every command that downloads. */
export interface FetchOptions {
  readonly to: string;
  readonly from?: string;
  readonly mirror?: string[];
}

/** The option of addresses to download from instead. */
export function mirrorOption(): Option {
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

/** A bar for each file that takes a while, in megabytes; Ctrl-C then ends the process and says how to go on. */
export function downloadProgress(): {
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
