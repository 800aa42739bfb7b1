import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import type { Config } from "plotly.js-dist";

/** How figures behave in the report: they ask no host for anything, and lead to none. */
export const plotlyConfig: Partial<Config> = {
  responsive: true,
  displaylogo: false,
  typesetMath: false,
  displayModeBar: "hover",
  modeBarButtonsToRemove: ["lasso2d", "select2d", "sendChartToCloud"],
  // On by default: a button that uploads the figure, names and paths with it.
  showSendToCloud: false,
  plotlyServerURL: "",
};

/** Plotly for a page: its script compressed, and its hash as a Content-Security-Policy names it. */
export interface PlotlyScript {
  /** gzip, as base64. */
  readonly packed: string;
  readonly hash: string;
}

/** Reads Plotly's script out of its package: 10 MB, 2.6 MB packed. */
export function plotlyScript(): PlotlyScript {
  const bytes = readFileSync(createRequire(import.meta.url).resolve("plotly.js-dist"));
  return { packed: gzipSync(bytes, { level: 9 }).toString("base64"), hash: scriptHash(bytes) };
}

/** The hash by which a Content-Security-Policy allows one inline script. */
export function scriptHash(script: string | Uint8Array): string {
  return `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}
