import { galleryThreshold } from "../classifiers/gallery-threshold.js";
import { createClassifier } from "../classifiers/registry.js";
import { trainingSet } from "../classifiers/training-set.js";
import { InputError } from "../errors.js";
import type { EmbeddedSet } from "../pipeline/embedded-set.js";
import { createRandom } from "../random.js";
import type { Classifier, EmbedderId, Random, Sample } from "../types.js";
import { embedderId } from "./embedder-id.js";
import { galleryOf } from "./gallery.js";
import { createRecogniser, type Recogniser } from "./recogniser.js";

/** How {@link trainRecogniser} learns. */
export interface TrainRecogniserOptions {
  /** A classifier, or the name of one with its defaults; not `majority`. @default "svm" */
  readonly classifier?: string | Classifier;
  /** Drives folds and orders. @default createRandom(0) */
  readonly random?: Random;
  /** Of a dataset that is divided: everything, or only what is meant to learn from. @default "all" */
  readonly part?: "all" | "train";
  /** What made the embeddings; a dataset says so itself. */
  readonly embedder?: EmbedderId;
}

/**
 * Learns to recognise the people of a dataset, and from which similarity on a face is one of theirs.
 *
 * ```ts
 * const recogniser = await trainRecogniser((await encodeFolder("my-people")).set);
 * await saveRecogniser("model.json", recogniser);
 * ```
 *
 * The classifier decides between the people. Whether it is one of them at all is asked apart from it, so that every classifier can
 * answer `unknown`: the cosine similarity to that person's nearest training face must reach a threshold that is fitted
 * on the training faces as the gate's is. People with one photo say nothing about how alike one person's photos are;
 * where nobody has two, the threshold is half-way from the nearest stranger to a similarity of 1, which is strict.
 * @param data a dataset, of which the photos with a face are used, or samples: embeddings of one length with their labels.
 * @throws InputError on fewer than two people, the classifier `majority`, an unknown classifier, one that is made for other
 * embeddings, or embeddings of mixed lengths.
 */
export async function trainRecogniser(
  data: EmbeddedSet | readonly Sample[],
  {
    classifier: given = "svm",
    random = createRandom(0),
    part = "all",
    embedder,
  }: TrainRecogniserOptions = {},
): Promise<Recogniser> {
  const classifier = typeof given === "string" ? createClassifier(given) : given;
  if (classifier.name === "majority") {
    throw new InputError("cannot recognise with majority (it gives everybody the same name; take svm)");
  }
  const samples = "photos" in data ? samplesOf(data, part) : data;
  const people = new Set(samples.map(({ label }) => label)).size;
  if (people < 2) {
    const where = "photos" in data ? ` in ${data.name}` : "";
    throw new InputError(`too few people with a face: ${people}${where} (must be at least two)`);
  }
  const step = "photos" in data ? data.provenance?.embedder : undefined;
  const made = embedder ?? (step === undefined ? undefined : embedderId(step));
  if (classifier.embedder !== undefined && classifier.embedder !== made?.name) {
    throw new InputError(
      `${classifier.name} is made for embeddings of ${classifier.embedder} (these are of ${made?.name ?? "an unknown embedder"})`,
    );
  }
  const set = trainingSet(samples, { normalize: true });
  const model = await classifier.fit(samples, random.fork("train"));
  return createRecogniser(model, galleryOf(set, galleryThreshold(set)), made);
}

function samplesOf({ name, photos }: EmbeddedSet, part: "all" | "train"): Sample[] {
  if (part === "train" && photos.every((photo) => photo.part === undefined)) {
    throw new InputError(`no train part: ${name} (it is not divided; train on all of it)`);
  }
  return photos.flatMap((photo) =>
    photo.kind === "face" && (part === "all" || photo.part === "train")
      ? [{ embedding: photo.embedding, label: photo.label }]
      : [],
  );
}
