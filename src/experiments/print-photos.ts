import {
  countReasons,
  describeDuplicates,
  type FacePipeline,
  findDuplicates,
  type Ignored,
  type LeftOut,
  type OpenedDataset,
  type Provenance,
} from "facelab";
import { printable } from "./printable.js";

const AT_MOST = 20;

/** Says how faces were found and embedded: detector, its weights' hash, which face, engine. */
export function printProvenance(provenance: Provenance | null): void {
  if (provenance === null) return;
  const { detector, face, aligner, embedder } = provenance;
  const hash = detector.models[0]?.sha256.slice(0, 12) ?? "none";
  console.log(`detector: ${detector.name} (weights ${hash}, ${detector.models[0]?.engine}), face: ${face}`);
  if (embedder === undefined) return;
  const engine = embedder.models[0]?.engine ?? "";
  const mirror = embedder.params.mirror === true ? ", mean with the mirror image" : "";
  console.log(`embedding: ${embedder.name} on ${aligner.name} (${engine}${mirror})`);
}

/** Counts photos by the reason why they show no face, and lists them. */
export function printWithoutFace(
  photos: readonly {
    readonly kind: string;
    readonly path: string;
    readonly reason?: string;
    readonly detail?: string;
  }[],
): void {
  const without = photos.filter(({ kind }) => kind === "none");
  console.log(`photos: ${photos.length}, without a face: ${without.length}`);
  if (without.length === 0) return;
  const reasoned = without.map(({ path, reason = "" }) => ({ path, reason }));
  for (const { reason, count } of countReasons(reasoned)) console.log(`  ${reason}: ${count}`);
  for (const { path, reason, detail } of without.slice(0, AT_MOST)) {
    // The message of an unreadable photo names the photo already.
    const line = detail?.includes(path) ? detail : `${path}: ${detail ? `${reason} (${detail})` : reason}`;
    console.log(`    ${printable(line)}`);
  }
  if (without.length > AT_MOST) console.log(`    and ${without.length - AT_MOST} more`);
}

/** What the user should know, one line each. */
export function printNotices(notices: readonly string[]): void {
  for (const notice of notices) console.log(`note: ${printable(notice)}`);
}

/** Files that a loader did not use, counted by reason and listed, and people who were left out. */
export function printIgnored(ignored: readonly Ignored[], leftOut: readonly LeftOut[]): void {
  if (ignored.length > 0) {
    console.log(`not used: ${ignored.length}`);
    for (const { reason, count } of countReasons(ignored)) console.log(`  ${printable(reason)}: ${count}`);
    for (const { path, reason } of ignored.slice(0, AT_MOST)) {
      console.log(`    ${printable(`${path}: ${reason}`)}`);
    }
    if (ignored.length > AT_MOST) console.log(`    and ${ignored.length - AT_MOST} more`);
  }
  if (leftOut.length > 0) {
    const names = leftOut.slice(0, AT_MOST).map(({ label, photos }) => `${printable(label)} (${photos})`);
    const rest = leftOut.length > AT_MOST ? ` and ${leftOut.length - AT_MOST} more` : "";
    console.log(`people with too few photos: ${names.join(", ")}${rest}`);
  }
}

/** All that there is to say of photos once they are embedded: how, which show no face, copies, what was not used, what was known before. */
export function printEmbedded(
  { set, ignored, leftOut }: OpenedDataset,
  pipeline: FacePipeline | undefined,
): void {
  printProvenance(set.provenance);
  printWithoutFace(set.photos);
  printNotices(describeDuplicates(findDuplicates(set.photos)));
  printIgnored(ignored, leftOut);
  if (pipeline !== undefined) printCache(pipeline);
}

/**
 * Says how much of the work had been done before, and where the cache was of no use.
 * @param before what had been said of the same cache already.
 */
export function printCache(
  { cache, pool }: Pick<FacePipeline, "cache" | "pool">,
  what: "photos" | "faces" | "fits" = "photos",
  before: { readonly hits: number; readonly trouble?: string } = { hits: 0 },
): void {
  const hits = (cache?.hits() ?? 0) + (pool?.hits() ?? 0) - before.hits;
  if (hits > 0) console.log(`from the cache: ${hits} ${what} (--no-cache computes them again)`);
  const trouble = cache?.trouble();
  if (trouble !== undefined && before.trouble === undefined) console.log(`note: ${trouble}`);
}
