import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom, evaluate, linearSvm, openDataset, type Sample, toMarkdown } from "facelab";
import { inCheckout } from "./paths.js";

/**
 * How long our own code takes beside its peer, as a ratio in one run on one machine: `npm run bench`.
 * So far one row: a fit of the linear SVM (158 people of LFW, C = 10, one thread) beside scikit-learn's LinearSVC.
 */
const PYTHON = process.env.FACELAB_PYTHON ?? "python3";
const C = 10;
const TOLERANCE = 1e-4;
const FITS = 3;

const PEER = `
import json, sys, time
import numpy as np
from sklearn.svm import LinearSVC
rows = json.load(open(sys.argv[1]))
x, y = np.asarray(rows["x"]), np.asarray(rows["y"])
times = []
for _ in range(${FITS}):
    started = time.perf_counter()
    LinearSVC(C=${C}, tol=${TOLERANCE}, random_state=0, max_iter=10000, dual=sys.argv[2] == "dual").fit(x, y)
    times.append(time.perf_counter() - started)
print(json.dumps(times))
`;

const samples = await trainingFaces();
const own: number[] = [];
const random = createRandom(0);
for (let i = 0; i < FITS; i++) {
  const started = performance.now();
  // Without folds to search and calibrate on, as LinearSVC does neither.
  await linearSvm({ c: C, tol: TOLERANCE, probability: false }).fit(samples, random);
  own.push((performance.now() - started) / 1000);
}
const ours = Math.min(...own);
const rows = [["linear SVM", "seconds", "ours / theirs"]];
rows.push(["facelab (one fit)", ours.toFixed(2), "1.00"]);
for (const solver of ["dual", "primal"]) {
  const seconds = await peer(solver);
  const text = seconds === undefined ? ["-", "-"] : [seconds.toFixed(2), (ours / seconds).toFixed(2)];
  rows.push([`scikit-learn LinearSVC, ${solver}`, ...text]);
}
console.log(`${cpus()[0]?.model}, node ${process.version}; ${samples.length} faces; best of ${FITS}\n`);
console.log(toMarkdown(rows));

/** The first training split of the 158 people with at least ten photos, all of their photos. */
async function trainingFaces(): Promise<Sample[]> {
  const random = createRandom(0);
  const { set } = await openDataset(inCheckout("datasets/lfw-embeddings.npz"), {
    minPhotos: 10,
    random,
    pipeline: () => Promise.reject(new Error("embeddings need no pipeline")),
  });
  const { splits } = await evaluate(set, [], { random });
  return (splits[0]?.train ?? []).flatMap((index) => {
    const photo = set.photos[index];
    return photo?.kind === "face" ? [{ embedding: photo.embedding, label: photo.label }] : [];
  });
}

/** scikit-learn's best time, or undefined with a line where Python or scikit-learn is missing. */
async function peer(solver: string): Promise<number | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "facelab-bench-"));
  try {
    const unit = samples.map(({ embedding }) => {
      const length = Math.hypot(...embedding);
      return Array.from(embedding, (value) => value / length);
    });
    const file = join(folder, "rows.json");
    await writeFile(file, JSON.stringify({ x: unit, y: samples.map(({ label }) => label) }));
    const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
    const { status, stdout, stderr, error } = spawnSync(PYTHON, ["-c", PEER, file, solver], {
      encoding: "utf8",
      env,
    });
    if (status === 0) return Math.min(...(JSON.parse(stdout) as number[]));
    const reason = error?.message ?? stderr.trim().split("\n").at(-1);
    console.log(`note: scikit-learn is not measured (${PYTHON}: ${reason}; set FACELAB_PYTHON)`);
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
