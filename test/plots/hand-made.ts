import type { EmbeddedPhoto, EmbeddedSet, Evaluation, EvaluationRecord, RunDescription } from "facelab";

/** Names that a careless page would run, swallow or fall over. */
export const hostileLabels: readonly string[] = [
  "<script>window.hacked = 1</script>",
  '"><img src=x onerror="window.hacked = 2">',
  "</script><script>window.hacked = 3</script>",
  "<b>Ada</b> &lt;b&gt; &amp;",
  "=1+1",
  "two\nlines",
  "🧑‍🚀 明子",
  "__proto__",
  "%{y} $x$",
];

/** One answer: the true name, and the name that was given, `?` for unknown, `-` for a photo without a face. */
export type Answered = readonly [label: string, said: string, probability?: number];

/** An evaluation from answers: of each classifier one list for each repeat. */
export function handMade(
  answers: Readonly<Record<string, readonly (readonly Answered[])[]>>,
  more: Partial<Evaluation> = {},
): Evaluation {
  const names = Object.keys(answers);
  const repeats = answers[names[0]!]!;
  const records = names.flatMap((classifier) =>
    answers[classifier]!.flatMap((list, repeat) =>
      list.map(([label, said, probability = 0.75], i): EvaluationRecord => {
        const answer = said === "-" ? "none" : said === "?" ? "unknown" : "person";
        const none = answer === "none";
        return {
          classifier,
          repeat,
          path: `${label}/${i}.jpg`,
          label,
          answer,
          predicted: answer === "person" ? said : "",
          score: none ? null : probability,
          probability: none ? null : probability,
          trueProbability: none ? null : said === label ? probability : 0.1,
          trueRank: none ? null : said === label ? 1 : 2,
          correct: said === label,
        };
      }),
    ),
  );
  return {
    classifiers: names.map((name) => ({ name, params: {} })),
    splits: repeats.map((list) => ({ train: [0], test: list.map((_, i) => i) })),
    records,
    fits: names.flatMap((classifier) =>
      repeats.map((_, repeat) => ({
        classifier,
        repeat,
        trainFaces: 1,
        fitSeconds: 0.5,
        predictMilliseconds: 1,
        chosen: {},
      })),
    ),
    notRun: [],
    duplicates: [],
    notices: [],
    ...more,
  };
}

/** The photos of an evaluation's first repeat as a dataset: embeddings on a line for each person. */
export function setOf({ records }: Evaluation, name = "hand-made"): EmbeddedSet {
  const first = records[0]!.classifier;
  const asked = records.filter(({ classifier, repeat }) => classifier === first && repeat === 0);
  const labels = [...new Set(asked.map(({ label }) => label))];
  const photos = asked.map(({ path, label, answer }, i): EmbeddedPhoto => {
    if (answer === "none")
      return { path, label, kind: "none", reason: "no face found", detail: "8 x 8 pixels" };
    const embedding = Float32Array.of(labels.indexOf(label), i / asked.length, ((i * i) % 7) / 70);
    return { path, label, kind: "face", embedding };
  });
  return { name, photos, provenance: null };
}

/** A run's description with nothing special in it. */
export const description: RunDescription = {
  settings: { seed: 7, dataset: "<i>here</i>" },
  environment: { node: "v20" },
  ignored: [],
};
