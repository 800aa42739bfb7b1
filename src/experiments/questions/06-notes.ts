import { meanLogLoss } from "facelab";
import { calibrationComparisons } from "./06-comparisons.js";
import { methodName, type ProbabilityMethod } from "./06-methods.js";
import { type MeasuredMethod, meanScore, measuredMethods } from "./06-scores.js";
import type { Records } from "./records.js";

const SCORE_NAMES = { logLoss: "log-loss", brier: "Brier score", ece: "ECE" };

/** How it was measured, what others publish, and what to see. */
export function probabilityNotes(records: Records): string[] {
  const measured = measuredMethods(records);
  const of = (classifier: ProbabilityMethod["classifier"], calibration: ProbabilityMethod["calibration"]) =>
    measured.find(({ name }) => name === methodName({ classifier, calibration })) as MeasuredMethod;
  const accuracies = measured.map((one) => 100 * meanScore(one, "accuracy"));
  const span = [Math.min(...accuracies), Math.max(...accuracies)]
    .map((value) => value.toFixed(1))
    .join(" to ");
  return [
    setting(records, span),
    "The probabilities: svm with calibration none squashes each margin m by 1 / (1 + exp(-m)), which was fitted to nothing, and divides by the sum; cosine with none is the softmax of the cosines " +
      "themselves. Platt scaling, isotonic regression and temperature learn from the training photos alone: three folds, and of each photo the scores of a model that was fitted without its fold. " +
      "Platt and isotonic are one curve for all people (of a margin; of the log-odds, for the network), and what it says of each person is divided by the sum. Cosine fits its temperature to its training photos, each left out once. " +
      "The gate's probabilities are those of its network: it is softmax's, started from other random numbers, so that those two rows differ by chance alone.",
    published(of),
    "What to see: within a classifier the accuracy stays, because none of the three changes an answer: calibration is about what is claimed, not about who it is. " +
      `${platt(of("svm", "Platt"), of("svm", "temperature"))} ${votes(of("knn", "none"))} ${zeros([of("svm", "isotonic"), of("softmax", "isotonic")])}`,
    held(records),
    "ECE alone is not enough: who gives every answer the average accuracy as its probability has an ECE of about 0 and says nothing. Log-loss and Brier score are smallest for the true probabilities only, " +
      "and also count how well right answers are told from wrong ones. And of few photos ECE is too large by chance, more so for more bins: " +
      "where the two columns of ECE differ, that is the choice of bins and nothing else.",
  ];
}

function setting({ about }: Records, span: string): string {
  const { people, trainPhotos, testPhotos, withoutFace } = about as Record<string, number>;
  const [learnt, asked] = [trainPhotos! / people!, testPhotos! / people!].map((value) => value.toFixed(0));
  return (
    `How: of each of ${people} people in LFW so many photos were drawn that ${learnt} are learnt from and ${asked} are asked about, and each repeat divides them anew. ` +
    `So few, because errors are needed: with a dozen photos a person nearly every answer is right, and any high number is a fair claim. Here ${span} % are right. ` +
    `The answer is the most probable person and its confidence that probability; nobody is a stranger, so the thresholds of cosine and gate have no part in it. Photos of LFW in which no face was found, and which were therefore not drawn: ${withoutFace}.`
  );
}

function published(
  of: (
    classifier: ProbabilityMethod["classifier"],
    calibration: ProbabilityMethod["calibration"],
  ) => MeasuredMethod,
): string {
  const ours = (["none", "isotonic", "temperature"] as const).map((calibration) =>
    (100 * meanScore(of("softmax", calibration), "ece")).toFixed(2),
  );
  return (
    "Published (Guo et al., On calibration of modern neural networks, ICML 2017, table 1; ECE in %, 15 bins; as it is, isotonic, temperature): 16.53, 4.99, 1.26 for a ResNet of 110 layers on CIFAR-100, " +
    `9.19, 5.22, 1.85 for one of 50 layers on Birds. Our softmax network: ${ours.join(", ")}. These are other pictures, deep networks that are too sure, and calibration on photos set aside for it; ` +
    `ours has three small layers, stops early, and is ${sureness(of("softmax", "none"))}. Beside ours, not against it.`
  );
}

function platt(own: MeasuredMethod, temperature: MeasuredMethod): string {
  return (
    `The svm's own probabilities, by Platt scaling, are ${sureness(own)}; by temperature, from the same kind of held-out margins, ${sureness(temperature)}. ` +
    "A likely reason, which these records do not show: Platt's sigmoid asks of each person alone whether it is them, and the little that it leaves to every other one adds up before the sum is divided out. " +
    "Temperature lets the people compete."
  );
}

function votes(knn: MeasuredMethod): string {
  const most = Math.max(...knn.confidences);
  return (
    `Knn is right in ${(100 * meanScore(knn, "accuracy")).toFixed(1)} % and never surer than ${(100 * most).toFixed(0)} %: five neighbours vote, and a person has only three photos to vote with. ` +
    "A share of votes is not a probability."
  );
}

function zeros(methods: readonly MeasuredMethod[]): string {
  const each = methods.map(({ name, truths }) => {
    const none = truths.filter((truth) => truth === 0).length;
    const cost = (none * meanLogLoss([0])) / truths.length;
    return `of ${name} ${none} of ${truths.length} photos, ${cost.toFixed(3)} of its log-loss`;
  });
  return (
    "Isotonic regression can say 0, and log-loss takes 36 for a 0 that comes true (without clipping it would be infinite): " +
    `${each.join("; ")}.`
  );
}

/** Which comparisons hold, and which do not. */
function held(records: Records): string {
  const comparisons = calibrationComparisons(records);
  const real = comparisons.filter(({ pValue }) => pValue < 0.05);
  const methods = [...new Set(real.map(({ calibrated }) => calibrated.name))];
  const names = methods.map((name) => {
    const scores = real
      .filter(({ calibrated }) => calibrated.name === name)
      .map(({ score, difference }) => `${SCORE_NAMES[score]} ${difference < 0 ? "better" : "worse"}`);
    return `${name} (${scores.join(", ")})`;
  });
  const rest = comparisons.length - real.length;
  const others = rest > 0 ? ` The other ${rest} may be chance.` : "";
  return names.length === 0
    ? "No calibration is shown to differ from the raw scores at 5 %, all comparisons together."
    : `Differences from the raw scores that hold at 5 %, all comparisons together: ${names.join("; ")}.${others} ` +
        "The repeats share photos, and the test allows for it: over so few of them it finds large differences only.";
}

function sureness(measured: MeasuredMethod): string {
  const points = 100 * meanScore(measured, "surplus");
  const size = Math.abs(points).toFixed(1);
  if (Number(size) === 0) return "as sure as it is right on average";
  return `${size} points ${points > 0 ? "too sure" : "not sure enough"} on average`;
}
