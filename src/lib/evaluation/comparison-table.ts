import { markdownTable } from "markdown-table";
import { wilsonInterval } from "../metrics/wilson-interval.js";
import { comparisonFrame, type DataFrame } from "./comparison-frame.js";
import type { Evaluation } from "./evaluate.js";

/** A table of text, ready to print or to write: the first row is the header. */
export type TextTable = readonly (readonly string[])[];

/**
 * {@link comparisonFrame} for people: percentages with one decimal, deviations after "+-" where there are several
 * splits, and on a single one the counts and Wilson's 95 % interval, since 96 % of 25 photos is one photo from 100 %.
 * A classifier that was not run says so, and dashes.
 */
export function comparisonTable(evaluation: Evaluation): TextTable {
  const header = [
    "classifier",
    "accuracy, faces found",
    "accuracy, all photos",
    "unknown",
    "fit",
    "predict a face",
  ];
  return [header, ...rows(comparisonFrame(evaluation)).map((row) => textRow(row, evaluation))];
}

/**
 * What else there is to say about the answers, of the faces found: balanced accuracy and macro F1, which count every person alike; how
 * often the right one is among the five most probable (a dash among five people or fewer); log-loss, which punishes a sure mistake.
 */
export function scoresTable(evaluation: Evaluation): TextTable {
  const header = ["classifier", "balanced accuracy", "macro F1", "top-5", "log-loss"];
  const few = new Set(evaluation.records.map(({ label }) => label)).size <= 5;
  const several = evaluation.splits.length > 1;
  const cells = (row: Record<string, unknown>): string[] => {
    const text = (name: string, format: (value: number) => string): string => {
      const [mean, deviation] = [row[name], row[`${name}Deviation`]] as [number, number];
      return several && !Number.isNaN(mean) ? `${format(mean)} +- ${format(deviation)}` : format(mean);
    };
    return [
      String(row.classifier),
      text("balancedAccuracy", percent),
      text("macroF1", percent),
      few ? "-" : text("top5", percent),
      text("logLoss", (value) => (Number.isNaN(value) ? "-" : value.toFixed(3))),
    ];
  };
  return [
    header,
    ...rows(comparisonFrame(evaluation))
      .filter(({ notRun }) => notRun === "")
      .map(cells),
  ];
}

/** A table as Markdown, numbers to the right. */
export function toMarkdown(table: TextTable): string {
  const columns = table[0]?.length ?? 0;
  const align = Array.from({ length: columns }, (_, column) => (column === 0 ? "l" : "r"));
  return markdownTable(
    table.map((row) => [...row]),
    { align },
  );
}

function textRow(row: Record<string, unknown>, { records, splits }: Evaluation): string[] {
  if (row.notRun !== "") return [String(row.classifier), String(row.notRun), "-", "-", "-", "-"];
  const value = (name: string): number => row[name] as number;
  const own = records.filter((record) => record.classifier === row.classifier);
  const correct = own.filter((record) => record.correct).length;
  const share = (name: string, of: number): string => {
    const text = percent(value(name));
    if (Number.isNaN(value(name))) return splits.length > 1 ? text : `${text} (${correct} of ${of})`;
    if (splits.length > 1) return `${text} +- ${percent(value(`${name}Deviation`))}`;
    const { low, high } = wilsonInterval(correct, of);
    return `${text} (${correct} of ${of}; ${percent(low)}-${percent(high)})`;
  };
  return [
    String(row.classifier),
    share("accuracy", own.filter(({ answer }) => answer !== "none").length),
    share("accuracyOfAll", own.length),
    percent(value("unknown")),
    duration(1000 * value("fitSeconds")),
    duration(value("predictMilliseconds")),
  ];
}

/** The frame's rows as objects. */
function rows(frame: DataFrame): Record<string, unknown>[] {
  const values = frame.values as unknown[][];
  return values.map((row) => Object.fromEntries(frame.columns.map((name, i) => [name, row[i]])));
}

function percent(part: number): string {
  return Number.isNaN(part) ? "-" : (100 * part).toFixed(1);
}

function duration(milliseconds: number): string {
  if (milliseconds >= 100) return `${(milliseconds / 1000).toFixed(1)} s`;
  return milliseconds >= 1 ? `${milliseconds.toFixed(1)} ms` : `${milliseconds.toFixed(3)} ms`;
}
