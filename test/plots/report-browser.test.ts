import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createRandom, reportHtml } from "facelab";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { chromiumPath, itWithChromium } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { type Answered, description, handMade, hostileLabels, setOf } from "./hand-made.js";

const itInBrowser = itWithChromium();
/** None of them sends names and paths to a host. */
const BUTTONS = ["Autoscale", "Download plot as a PNG", "Pan", "Reset axes", "Zoom", "Zoom in", "Zoom out"];
const people = [
  ...hostileLabels,
  "Ada",
  "Björn with a name that is far longer than the place beside any axis",
];

/** An expression for the page: the colour of the first text of a kind in a figure. */
const fillOf = (figure: string, selector: string): string =>
  `getComputedStyle(document.querySelector('[data-figure="${figure}"] ${selector}')).fill`;

function html(): string {
  const answers = (shift: number): Answered[] =>
    [0, 1, 2].flatMap((photo) =>
      people.map((label, i): Answered => [label, photo < 2 ? label : people[(i + shift) % people.length]!]),
    );
  const evaluation = handMade({ knn: [answers(1), answers(1)], net: [answers(0), answers(0)] });
  const curve = { loss: [2, 1], accuracy: [0.5, 0.75], valLoss: [3, 2], valAccuracy: [0.4, 0.6] };
  const fits = evaluation.fits.map((fit) => (fit.classifier === "net" ? { ...fit, chosen: curve } : fit));
  const all = { ...evaluation, fits };
  return reportHtml({ set: setOf(all), evaluation: all, description, random: createRandom(1) });
}

describe("the report in a browser", () => {
  let browser: Browser | undefined;
  let url: string;
  beforeAll(async () => {
    if (chromiumPath === undefined) return;
    const path = join(await temporaryFolder(), "report.html");
    await writeFile(path, html());
    url = pathToFileURL(path).href;
    browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox"] });
  });
  afterAll(() => browser?.close());

  async function opened(options: {
    width: number;
    colorScheme: "light" | "dark";
    javaScriptEnabled?: boolean;
  }): Promise<{ page: Page; complaints: string[] }> {
    const { width, ...rest } = options;
    const page = await browser!.newPage({ viewport: { width, height: 900 }, ...rest });
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => complaints.push(`dialog: ${dialog.message()}`));
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(url);
    if (options.javaScriptEnabled !== false)
      await page.waitForSelector("html[data-ready]", { timeout: 30_000 });
    return { page, complaints };
  }

  for (const [width, colorScheme] of [
    [1280, "light"],
    [400, "dark"],
  ] as const) {
    itInBrowser(`draws all figures at ${width} pixels, ${colorScheme}`, async () => {
      const { page, complaints } = await opened({ width, colorScheme });
      const places = await page.locator("[data-figure]").evaluateAll((all) =>
        all.map((place) => {
          const box = place.querySelector("svg.main-svg")?.getBoundingClientRect();
          return [place.getAttribute("data-figure"), (box?.width ?? 0) > 200 && (box?.height ?? 0) > 100];
        }),
      );
      expect(places).toEqual(
        ["comparison", "confusion", "recall", "probability", "pca", "umap", "learning-0"].map((name) => [
          name,
          true,
        ]),
      );
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      const ink = await page.evaluate(fillOf("recall", ".ytick text"));
      const body = await page.evaluate("getComputedStyle(document.body).color");
      expect(ink).toBe(body);
      expect(await page.locator("#no-figures").isVisible()).toBe(false);
      expect(await page.locator("a[href]").count()).toBe(0);
      const buttons = await page
        .locator(".modebar-btn")
        .evaluateAll((all) =>
          all.map((button) => button.getAttribute("data-title") ?? button.getAttribute("aria-label")),
        );
      expect([...new Set(buttons)].toSorted()).toEqual(BUTTONS);
      expect(complaints).toEqual([]);
      await page.close();
    });
  }

  itInBrowser("changes figures, tables and marks with the classifier that is chosen", async () => {
    const { page, complaints } = await opened({ width: 1280, colorScheme: "light" });
    const rings = () =>
      page.evaluate("document.querySelector('[data-figure=pca]').data.at(-1).x.length") as Promise<number>;
    const mistakes = () =>
      page.evaluate(
        "document.querySelector('[data-figure=confusion]').data[1].z.flat().filter(Boolean).length",
      );
    expect(await rings()).toBe(people.length);
    expect(await mistakes()).toBe(people.length);
    expect(await page.getByText("Photos that knn got wrong").isVisible()).toBe(true);
    expect(await page.getByText("Photos that net got wrong").isVisible()).toBe(false);
    await page.getByLabel("Classifier:").selectOption({ label: "net" });
    expect(await rings()).toBe(0);
    expect(await mistakes()).toBe(0);
    expect(await page.getByText("Photos that knn got wrong").isVisible()).toBe(false);
    expect(await page.getByText("Photos that net got wrong").isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  itInBrowser("follows the colour scheme while it is open", async () => {
    const { page } = await opened({ width: 1280, colorScheme: "light" });
    const ink = () => page.evaluate(fillOf("comparison", ".xtick text"));
    expect(await ink()).toBe("rgb(27, 31, 36)");
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(ink).toBe("rgb(231, 234, 238)");
    await page.close();
  });

  itInBrowser("shows hostile names literally, in the tables and in the figures, and runs none", async () => {
    const { page, complaints } = await opened({ width: 1280, colorScheme: "light" });
    const names = await page.locator("main bdi.name").allTextContents();
    for (const label of hostileLabels) expect(names).toContain(label);
    const ticks = await page.locator('[data-figure="recall"] .ytick text').allTextContents();
    const shown = hostileLabels.map((label) => {
      const points = [...label.replaceAll("\n", "↵")];
      return points.length > 20 ? `${points.slice(0, 19).join("")}…` : points.join("");
    });
    // SVG text has no-break spaces for blanks.
    const plain = ticks.map((text) => text.replaceAll("\u00a0", " "));
    for (const label of shown) expect(plain).toContain(label);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    // Ours, and Plotly's once it is unpacked.
    expect(await page.locator("script").count()).toBe(4);
    expect(await page.locator("main img").count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  itInBrowser("has every table without JavaScript, and no empty places", async () => {
    const { page } = await opened({ width: 400, colorScheme: "light", javaScriptEnabled: false });
    expect(await page.getByText("Photos that knn got wrong").isVisible()).toBe(true);
    expect(await page.getByText("Photos that net got wrong").isVisible()).toBe(true);
    // Parsed as elements only where scripts do not run.
    expect(await page.locator("noscript > p").count()).toBe(1);
    expect(await page.locator("figure").first().isVisible()).toBe(false);
    await page.close();
  });

  itInBrowser("names each table, figure and control to a screen reader", async () => {
    const { page } = await opened({ width: 1280, colorScheme: "light" });
    const tables = page.locator("table");
    expect(await tables.count()).toBeGreaterThan(4);
    expect(await page.locator("table > caption").count()).toBe(await tables.count());
    expect(await page.locator("figure:not(:has(figcaption))").count()).toBe(0);
    expect(await page.locator("[tabindex='0'][role]:not([aria-label])").count()).toBe(0);
    expect(await page.locator("h1").count()).toBe(1);
    const levels = await page
      .locator("h1, h2, h3")
      .evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    expect(levels.every((level, i) => i === 0 || level - levels[i - 1]! <= 1)).toBe(true);
    await page.close();
  });
});
