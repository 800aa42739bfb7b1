import {
  type Calibration,
  calibrateScores,
  cosineThreshold,
  type Embedding,
  type HeldOutScores,
  innerFolds,
  linearSvm,
  type Model,
  nearestNeighbours,
  type Random,
  type Sample,
  softmaxNetwork,
  twoStageGate,
} from "facelab";
import { methodName, type ProbabilityMethod } from "./06-methods.js";

/** What a method says of a face: a probability of each person, and whom it names, both as positions in the sorted names. */
export interface Said {
  readonly answer: number;
  readonly probabilities: Float64Array;
}

/** Every method by its name, fitted on the training faces alone. */
export type FittedMethods = ReadonlyMap<string, (face: Embedding) => Said>;

const CALIBRATED: readonly [ProbabilityMethod["calibration"], Calibration][] = [
  ["Platt", "platt"],
  ["isotonic", "isotonic"],
  ["temperature", "temperature"],
];

/** @param train at least three faces of each person, as many of each. */
export async function fitMethods(train: readonly Sample[], random: Random): Promise<FittedMethods> {
  const methods = new Map([...(await svmMethods(train, random)), ...(await softmaxMethods(train, random))]);
  const cosine = await cosineThreshold().fit(train, random.fork("cosine"));
  methods.set(methodName({ classifier: "cosine", calibration: "temperature" }), saying(cosine));
  methods.set(methodName({ classifier: "cosine", calibration: "none" }), (face) => {
    // softmax(s / T) to the power of T is as softmax(s).
    const shares = cosine.predictProba(face).map(Math.log);
    const temperature = cosine.chosen.temperature as number;
    return named(softmaxOf(shares.map((share) => share * temperature)));
  });
  const knn = await nearestNeighbours().fit(train, random.fork("knn"));
  methods.set(methodName({ classifier: "knn", calibration: "none" }), saying(knn));
  // Its thresholds reject faces, and change no probability: without them one network is trained instead of four.
  const gate = await twoStageGate({ rejection: false }).fit(train, random.fork("gate"));
  methods.set(methodName({ classifier: "gate", calibration: "none" }), saying(gate));
  return methods;
}

/** Margins as they are, by the sigmoid that was fitted to them, and by the others, learned of the same folds at the same C. */
async function svmMethods(train: readonly Sample[], random: Random): Promise<FittedMethods> {
  const own = await linearSvm().fit(train, random.fork("svm"));
  const plain = linearSvm({ c: own.chosen.c as number, probability: false });
  const raw = await plain.fit(train, random.fork("svm"));
  const held = await heldOut(
    train,
    random.fork("svm"),
    (part, stream) => plain.fit(part, stream),
    (model, face) => model.decisionFunction(face),
  );
  return new Map([
    ...calibrated("svm", held, (face) => raw.decisionFunction(face)),
    [methodName({ classifier: "svm", calibration: "none" }), saying(raw)],
    [methodName({ classifier: "svm", calibration: "Platt" }), saying(own)],
  ]);
}

/** The network's softmax as it is, and its logits by the three ways. */
async function softmaxMethods(train: readonly Sample[], random: Random): Promise<FittedMethods> {
  const network = softmaxNetwork();
  const own = await network.fit(train, random.fork("softmax"));
  const held = await heldOut(
    train,
    random.fork("softmax"),
    (part, stream) => network.fit(part, stream),
    (model, face) => model.logits(face),
  );
  // A logit means nothing by itself, only beside the others': one curve for all people and faces takes the log-odds.
  const odds = held.map(({ scores, answer }) => ({ scores: logOdds(scores), answer }));
  return new Map([
    ...calibrated("softmax", odds, (face) => logOdds(own.logits(face)), ["Platt", "isotonic"]),
    ...calibrated("softmax", held, (face) => own.logits(face), ["temperature"]),
    [methodName({ classifier: "softmax", calibration: "none" }), saying(own)],
  ]);
}

function calibrated(
  classifier: ProbabilityMethod["classifier"],
  held: readonly HeldOutScores[],
  scoresOf: (face: Embedding) => Float64Array,
  which: readonly ProbabilityMethod["calibration"][] = CALIBRATED.map(([name]) => name),
): FittedMethods {
  return new Map(
    CALIBRATED.filter(([name]) => which.includes(name)).map(([calibration, way]) => {
      const probabilitiesOf = calibrateScores(way, held);
      const say = (face: Embedding): Said => {
        const scores = scoresOf(face);
        // The scores' own answer: isotonic regression may give several people the same probability.
        return { answer: highest(scores), probabilities: probabilitiesOf(scores) };
      };
      return [methodName({ classifier, calibration }), say];
    }),
  );
}

/** Scores of each training face by a model that was fitted without its fold. */
async function heldOut<M extends Model>(
  train: readonly Sample[],
  random: Random,
  fitPart: (part: readonly Sample[], random: Random) => Promise<M>,
  scoresOf: (model: M, face: Embedding) => Float64Array,
): Promise<HeldOutScores[]> {
  const held: HeldOutScores[] = [];
  for (const [fold, { train: learnt, test }] of innerFolds(train, random).entries()) {
    const part = learnt.map((i) => train[i] as Sample);
    const model = await fitPart(part, random.fork(`without fold ${fold}`));
    for (const i of test) {
      const { embedding, label } = train[i] as Sample;
      held.push({ scores: scoresOf(model, embedding), answer: model.labels.indexOf(label) });
    }
  }
  return held;
}

function saying(model: Model): (face: Embedding) => Said {
  return (face) => named(model.predictProba(face));
}

function named(probabilities: Float64Array): Said {
  return { answer: highest(probabilities), probabilities };
}

/** The first of equals. */
function highest(values: Float64Array): number {
  return values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
}

/** ln(p / (1 - p)) of the softmax of logits, exact where p itself would round to 1. */
export function logOdds(logits: Float64Array): Float64Array {
  const top = highest(logits);
  const logSum = (without: number): number => {
    const others = logits.filter((_, i) => i !== without);
    const largest = others[highest(others)]!;
    return largest + Math.log(others.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
  };
  const [all, withoutTop] = [logSum(-1), logSum(top)];
  return logits.map((logit, i) =>
    // p is at most 1/2 where there is a higher logit.
    i === top ? logit - withoutTop : logit - all - Math.log1p(-Math.exp(logit - all)),
  );
}

function softmaxOf(logits: Float64Array): Float64Array {
  const largest = logits[highest(logits)]!;
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
