import { createHash } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import { gunzipSync, gzipSync } from "node:zlib";
import { loadTfjs } from "../inference/tfjs-backend.js";
import type { DiskCache } from "../pipeline/disk-cache.js";
import type { Classifier, Random } from "../types.js";
import type { Face } from "./evaluation-splits.js";
import { fitFingerprint } from "./fit-fingerprint.js";
import { type FitOutcome, fitOutcome } from "./fit-outcome.js";
import { littleEndian } from "./little-endian.js";
import { vectorFor } from "./not-run.js";

/**
 * {@link fitOutcome}, or what was kept of the same fit, with the times that it took then. It is kept as soon as it is there; an error never
 * is.
 * @param random a stream that nobody has drawn from.
 */
export async function fitOnce(
  classifier: Classifier,
  train: readonly Face[],
  test: readonly Face[],
  random: Random,
  cache: DiskCache | undefined,
): Promise<FitOutcome> {
  if (cache === undefined) return fitOutcome(classifier, train, test, random);
  const key = fitKey(classifier, train, test, random);
  const known = unpacked(await cache.get(key));
  if (known !== undefined && (await isOfThisEngine(known))) return known;
  const outcome = await fitOutcome(classifier, train, test, random);
  await cache.put(key, packed(outcome));
  return outcome;
}

/** Everything that an outcome depends on. Where the photos lie does not matter, their order does. */
function fitKey(
  classifier: Classifier,
  train: readonly Face[],
  test: readonly Face[],
  random: Random,
): unknown[] {
  const { name, params } = classifier;
  // JSON would take Infinity for null.
  const settings = serialize(params).toString("base64");
  const faces = [train, test].map((part) => facesSha256(classifier, part));
  return ["fit", fitFingerprint(), name, settings, random.key, ...faces];
}

/** sha256 of what the classifier sees of faces: names and vectors, in order. */
function facesSha256(classifier: Classifier, faces: readonly Face[]): string {
  const hash = createHash("sha256");
  for (const face of faces) {
    const vector = vectorFor(classifier, face);
    hash.update(`${JSON.stringify([face.label, vector.length])}\n`).update(littleEndian(vector));
  }
  return hash.digest("hex");
}

/** All numbers bit for bit, also those that JSON has not; an LFW fit is about 10 kB. */
function packed(outcome: FitOutcome): string {
  return gzipSync(serialize(outcome)).toString("base64");
}

function unpacked(kept: unknown): FitOutcome | undefined {
  return typeof kept === "string"
    ? (deserialize(gunzipSync(Buffer.from(kept, "base64"))) as FitOutcome)
    : undefined;
}

/** Whether tensorflow.js would run today on what it ran on then: that may change with the system's libraries, which no version tells. */
async function isOfThisEngine({ chosen }: FitOutcome): Promise<boolean> {
  return !("engine" in chosen) || chosen.engine === (await loadTfjs()).engine;
}
