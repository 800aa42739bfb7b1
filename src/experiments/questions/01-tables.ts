import { mcnemar, wilsonInterval } from "facelab";
import { percent } from "../compare-detectors/cells.js";
import type { ShownTable } from "./question.js";
import { type Records, texts } from "./records.js";

/** What the walkthrough prints for its SVM. */
const PUBLISHED: Readonly<Record<string, readonly [string, string]>> = { svm: ["100", "100"] };

interface Answers {
  readonly classifier: string;
  readonly part: string;
  readonly correct: boolean;
}

function answersOf({ tables }: Records): Answers[] {
  const answers = tables.answers!;
  const [classifier, part, label, answer] = ["classifier", "part", "label", "answer"].map((name) =>
    texts(answers, name),
  );
  return classifier!.map((name, i) => ({
    classifier: name,
    part: part![i]!,
    correct: label![i] === answer![i],
  }));
}

/** Accuracy of each classifier on what it learned from and on the other photos. */
export function accuraciesTable(records: Records): ShownTable {
  const answers = answersOf(records);
  const names = [...new Set(answers.map(({ classifier }) => classifier))];
  const cell = (name: string, part: string): string => {
    const own = answers.filter((one) => one.classifier === name && one.part === part);
    const right = own.filter(({ correct }) => correct).length;
    const { low, high } = wilsonInterval(right, own.length);
    return `${percent(right / own.length)} (${right} of ${own.length}; ${percent(low)}-${percent(high)})`;
  };
  return {
    name: "accuracy",
    caption:
      "Five celebrities, accuracy in %, in brackets the right answers and Wilson's 95 % interval; a photo without a face and `unknown` count as wrong.",
    rows: [
      ["classifier", "train", "test", "published: train", "test"],
      ...names.map((name) => [
        name,
        cell(name, "train"),
        cell(name, "test"),
        ...(PUBLISHED[name] ?? ["-", "-"]),
      ]),
    ],
  };
}

/** Why so few photos cannot tell classifiers apart: what would have to happen on them. */
export function powerTable(records: Records): ShownTable {
  const test = answersOf(records).filter(({ part }) => part === "test");
  const count = test.filter(({ classifier }) => classifier === test[0]!.classifier).length;
  const rows = [1, 2, 3, 4, 5, 6, 7].map((more) => {
    const { low } = wilsonInterval(count - more, count);
    return [String(more), percent((count - more) / count), percent(low), mcnemar(more, 0).toPrecision(2)];
  });
  return {
    name: "power",
    caption: `If one classifier were right about all ${count} test photos, and another wrong about some of them: is that a difference? McNemar's exact test, before any correction for comparing many.`,
    rows: [["photos wrong", "accuracy, %", "its lower bound, %", "p"], ...rows],
  };
}

/** From how many photos on a difference is none of chance. */
export function fewestForDifference(): number {
  let photos = 1;
  while (mcnemar(photos, 0) >= 0.05) photos++;
  return photos;
}
