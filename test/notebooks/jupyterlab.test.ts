import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { afterAll, expect } from "vitest";
import { withoutOutputs } from "../../src/experiments/dist/notebooks/clean-notebook.js";
import { computedTable } from "../../src/experiments/dist/notebooks/expected-table.js";
import { registerKernel } from "../../src/experiments/dist/notebooks/kernel-spec.js";
import { readNotebook, writeNotebook } from "../../src/experiments/dist/notebooks/notebook-file.js";
import { otherPython } from "../../src/experiments/dist/notebooks/python.js";
import { chromiumPath, itWithLab } from "../support/shared.js";
import { courseFolder } from "./course-folder.js";

const PLOTLY = "application/vnd.plotly.v1+json";
const notebooks = fileURLToPath(new URL("../../notebooks/", import.meta.url));
const stop: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of stop.reverse()) await end();
});

/** A JupyterLab of its own, on a copy of the notebooks. @returns the address of its pages. */
async function startLab(executable: string, folder: string, prefix: string): Promise<string> {
  const port = await freePort();
  const options = [
    `--port=${port}`,
    "--no-browser",
    "--allow-root",
    "--IdentityProvider.token=",
    "--ServerApp.port_retries=0",
  ];
  await mkdir(join(folder, "notebooks"));
  await withoutWindowing(join(folder, "settings"));
  const lab = spawn(executable, ["-m", "jupyterlab", ...options, join(folder, "notebooks")], {
    stdio: "ignore",
    env: {
      ...process.env,
      JUPYTER_PATH: join(prefix, "share", "jupyter"),
      JUPYTER_CONFIG_DIR: join(folder, "config"),
      JUPYTERLAB_SETTINGS_DIR: join(folder, "settings"),
      JUPYTERLAB_WORKSPACES_DIR: join(folder, "workspaces"),
    },
  });
  stop.push(() => lab.kill());
  const address = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    const answer = await fetch(`${address}/api`).catch(() => undefined);
    if (answer?.ok) return address;
    if (tries === 300 || lab.exitCode !== null)
      throw new Error(`JupyterLab did not start: ${String(lab.exitCode)}`);
    await new Promise((go) => setTimeout(go, 200));
  }
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => found(port));
    });
  });
}

/** Opens a notebook, runs all cells, and waits until the last of them has shown something. */
async function runAll(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByText("TypeScript | Idle").waitFor({ timeout: 60_000 });
  await page.getByRole("menuitem", { name: "Run", exact: true }).click();
  await page.getByText("Run All Cells", { exact: true }).click();
  await page.locator(".jp-CodeCell").last().locator(".jp-OutputArea-output").waitFor({ timeout: 240_000 });
  await page.getByText("TypeScript | Idle").waitFor({ timeout: 60_000 });
}

/** Every cell is kept in the page: usually JupyterLab leaves out those that are not in sight. */
async function withoutWindowing(settings: string): Promise<void> {
  const folder = join(settings, "@jupyterlab/notebook-extension");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "tracker.jupyterlab-settings"), JSON.stringify({ windowingMode: "none" }));
}

itWithLab()(
  "JupyterLab opens notebooks, all cells run and charts are drawn",
  async (executable) => {
    const { prefix } = otherPython(executable);
    await registerKernel({ executable, prefix });
    const folder = await courseFolder();
    const address = await startLab(executable, folder, prefix);
    const browser = await chromium.launch({ executablePath: chromiumPath!, args: ["--no-sandbox"] });
    stop.push(() => browser.close());
    for (const name of ["02-detection", "06-svm", "09-compare"]) {
      const saved = await readNotebook(join(notebooks, `${name}.ipynb`));
      await writeNotebook(join(folder, "notebooks", `${name}.ipynb`), withoutOutputs(saved));
      const page = await browser.newPage({ viewport: { width: 1200, height: 1600 } });
      await runAll(page, `${address}/lab/tree/${name}.ipynb?reset`);
      const charts = saved.cells
        .flatMap(({ outputs = [] }) => outputs)
        .filter(({ data }) => data?.[PLOTLY] !== undefined);
      // The static picture becomes a live figure under the mouse.
      for (const picture of await page.locator(".jp-RenderedPlotly .plot-img").all()) {
        await picture.dispatchEvent("mouseenter");
        await picture.waitFor({ state: "hidden" });
      }
      await expect
        .poll(() => page.locator(".jp-RenderedPlotly:has(svg.main-svg .cartesianlayer path)").count(), {
          timeout: 30_000,
        })
        .toBeGreaterThanOrEqual(charts.length);
      expect(charts.length).toBeGreaterThan(0);
      expect(
        await page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count(),
      ).toBe(0);
      const table = await page.locator(".jp-CodeCell").last().locator("table").innerText();
      expect(table.split(/\s+/)).toEqual(
        computedTable(saved)!
          .split(/[\s|]+/)
          .filter((word) => !/^-*$/.test(word)),
      );
      if (process.env.FACELAB_SCREENSHOTS) {
        await page.locator(".jp-RenderedPlotly").first().scrollIntoViewIfNeeded();
        await page.screenshot({ path: join(process.env.FACELAB_SCREENSHOTS, `${name}.png`) });
      }
      await page.close();
    }
  },
  600_000,
);
