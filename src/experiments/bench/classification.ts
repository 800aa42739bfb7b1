import {
  type Classifier,
  classifiers,
  createRandom,
  evaluate,
  linearSvm,
  openDataset,
  type Sample,
} from "facelab";
import { inCheckout } from "../paths.js";
import { type Comparison, type Measured, measure } from "./measure.js";

/** Learning 158 people, and asking about 100 faces. */
export interface Task {
  readonly train: readonly Sample[];
  readonly test: readonly Sample[];
}

/** The first split of LFW's people with at least ten photos, all of their photos. */
export async function classificationTask(): Promise<Task> {
  const random = createRandom(0);
  const { set } = await openDataset(inCheckout("datasets/lfw-embeddings.npz"), {
    minPhotos: 10,
    random,
    pipeline: () => Promise.reject(new Error("embeddings need no pipeline")),
  });
  const { splits } = await evaluate(set, [], { random });
  const at = (indices: readonly number[]): Sample[] =>
    indices.flatMap((index) => {
      const photo = set.photos[index];
      return photo?.kind === "face" ? [{ embedding: photo.embedding, label: photo.label }] : [];
    });
  return { train: at(splits[0]?.train ?? []), test: at(splits[0]?.test ?? []).slice(0, 100) };
}

/** A fit of the linear SVM as LinearSVC does it: C = 10, no folds to search or calibrate on. */
export async function svmFit({ train }: Task, peers: readonly Measured[]): Promise<Comparison> {
  const svm = linearSvm({ c: 10, tol: 1e-4, probability: false });
  const own = await measure("facelab: linear SVM", 1, () => svm.fit(train, createRandom(0)));
  return {
    title: "fitting a linear SVM",
    unit: "ms a fit",
    rows: [own, ...peers],
    notes: [`${train.length} faces of 158 people, C = 10, one thread`],
  };
}

/** Asking: every classifier that fits in a few seconds. */
export async function predictions({ train, test }: Task): Promise<Comparison> {
  const rows: Measured[] = [];
  const quick: readonly Classifier[] = [
    classifiers.svm({ c: 10 }),
    classifiers.cosine(),
    classifiers.knn(),
    classifiers["cosine-mean"](),
    classifiers["ml-knn"](),
    classifiers.softmax(),
  ];
  for (const classifier of quick) {
    const model = await classifier.fit(train, createRandom(0));
    const row = await measure(classifier.name, test.length, async () => {
      for (const { embedding } of test) model.predict(embedding);
    });
    rows.push(row);
  }
  return {
    title: "who is it",
    unit: "ms a face",
    rows,
    notes: [`${train.length} training faces of 158 people`],
  };
}
