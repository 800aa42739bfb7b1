import type { DiskCache, Figure, Random, TextTable } from "facelab";
import type { Records } from "./records.js";

/** What an experiment may use. */
export interface QuestionContext {
  /** A short run from what ships with the project. */
  readonly quick: boolean;
  readonly random: Random;
  /** Keeps what can be computed again, so that a run that was stopped goes on. */
  readonly cache?: DiskCache;
  /** Folder with the datasets and, beside it, the models; it may be missing. */
  readonly data: string;
  /** Photos to work on at once. */
  readonly workers: number;
  /** Says on one line what is going on. */
  readonly say: (text: string) => void;
  readonly onProgress: (done: number, total: number) => void;
}

/** A table with what stands above it. */
export interface ShownTable {
  /** Of its files, `NAME.md` and `NAME.csv`. */
  readonly name: string;
  /** One sentence: what a row is, in which unit. */
  readonly caption: string;
  readonly rows: TextTable;
}

/** A chart without faces. */
export interface ShownFigure {
  /** Of its file, `NAME.svg`. */
  readonly name: string;
  /** What it shows, for those who cannot see it. */
  readonly description: string;
  readonly figure: Figure;
}

/** What records say, for a reader. */
export interface Shown {
  readonly tables: readonly ShownTable[];
  readonly figures: readonly ShownFigure[];
  /** How it was measured, published figures beside ours, each deviation, and what a student should see: Markdown, one entry a paragraph. */
  readonly notes: readonly string[];
}

/** One question of the results: how to measure it, and how to show what was measured. */
export interface Question {
  /** Two digits: `04`. */
  readonly number: string;
  /** Of its folder in results/: `04-same-person`. */
  readonly name: string;
  /** With a question mark. */
  readonly title: string;
  /** Measures. @throws InputError where something is missing or cannot be used. */
  run(context: QuestionContext): Promise<Records>;
  /** Nothing but the records goes in: the same records give the same text, byte for byte. */
  show(records: Records): Shown;
}
