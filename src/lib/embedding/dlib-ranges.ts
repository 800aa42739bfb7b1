import { fileURLToPath } from "node:url";
import writeFileAtomic from "write-file-atomic";
import { InputError } from "../errors.js";
import { sha256 } from "../inference/sha256.js";
import { storageError } from "../inference/storage-error.js";
import { activationNames } from "./dlib-network.js";

/** The least and the greatest value of each activation of dlib's network, by its name there. */
export type Ranges = Readonly<Record<string, readonly [number, number]>>;

/** What a calibration found, and on what. */
export interface DlibCalibration {
  /** sha256 of the weights that it was made with. */
  readonly weights: string;
  /** Which faces, in words. */
  readonly source: string;
  /** How many chips, mirror images included. */
  readonly chips: number;
  readonly ranges: Ranges;
}

/** Where the ranges lie that ship with the package. */
export function dlibRangesPath(): string {
  return fileURLToPath(new URL("../../data/dlib-int8-ranges.json", import.meta.url));
}

const FORMAT = "facelab-dlib-ranges";
const VERSION = 1;

/**
 * Writes a calibration, whole or not at all, with its own sha256 so that damage is noticed.
 * @throws InputError where it cannot be written.
 */
export async function writeDlibRanges(path: string, calibration: DlibCalibration): Promise<void> {
  const content = { format: FORMAT, version: VERSION, ...calibration };
  const text = JSON.stringify({ ...content, sha256: digest(content) }, null, 2);
  // A range on one line.
  const lines = text.replaceAll(/\[\s+(\S+),\s+(\S+)\s+\]/g, "[$1, $2]");
  await writeFileAtomic(path, `${lines}\n`).catch((error: unknown) => {
    throw storageError(path, error);
  });
}

/**
 * Reads what {@link writeDlibRanges} has written.
 * @param path names the file in errors.
 * @param weights sha256 of the network's weights.
 * @throws InputError where it is damaged, edited, of another version, or was made with other weights.
 */
export function readDlibRanges(path: string, text: string, weights: string): DlibCalibration {
  const refuse = (reason: string): never => {
    throw new InputError(`cannot read the ranges of dlib's activations: ${path} (${reason})`);
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return refuse("not JSON; install facelab again, or npm run calibrate");
  }
  const { sha256: own, ...content } = (parsed ?? {}) as Partial<DlibCalibration> & {
    format?: unknown;
    version?: unknown;
    sha256?: unknown;
  };
  if (content.format !== FORMAT) refuse(`not ${FORMAT}; install facelab again, or npm run calibrate`);
  if (content.version !== VERSION) {
    refuse(`version ${content.version}, expected ${VERSION}; npm run calibrate writes it`);
  }
  if (own !== digest(content)) refuse("damaged or edited; install facelab again, or npm run calibrate");
  if (content.weights !== weights) {
    refuse(`made with the weights ${content.weights}, these are ${weights}; npm run calibrate`);
  }
  const ranges = content.ranges ?? {};
  for (const name of activationNames()) {
    const range = ranges[name];
    if (range === undefined || range.length !== 2 || !range.every(Number.isFinite) || range[0] > range[1]) {
      refuse(`no range of ${name}; npm run calibrate writes it`);
    }
  }
  return content as DlibCalibration;
}

function digest(content: object): string {
  return sha256(Buffer.from(JSON.stringify(content)));
}
