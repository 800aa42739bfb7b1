import { execFileSync } from "node:child_process";

/** Reads CSV files as pandas does, every cell as text; a missing value would be null. */
export function readWithPandas(python: string, path: string): Record<string, string | null>[] {
  const script = `
import json, sys, pandas
frame = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
print(json.dumps(frame.to_dict(orient="records")))`;
  return JSON.parse(execFileSync(python, ["-c", script, path], { encoding: "utf8" }));
}

/** Names of people that a careless writer or reader of files trips over. */
export const hostileLabels: readonly string[] = [
  "Doe, Jane",
  'the "Rock"',
  "two\nlines",
  "old\rMac",
  "🧑‍🚀 明子",
  "<script>alert(1)</script>",
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\ttab",
  "__proto__",
  "null",
  "NA",
  "007",
  "unknown",
  " blank ",
];
