import { createRequire } from "node:module";
import { comparisonFrame, InputError, type RgbImage, show, showProgress } from "facelab";
import { afterEach, describe, expect, it, vi } from "vitest";
import { handMade } from "../plots/hand-made.js";

interface Sent {
  readonly data: Record<string, unknown>;
  readonly metadata: { readonly facelab?: { readonly picture: string } };
  readonly transient: { readonly display_id?: string };
}

const { cache } = createRequire(import.meta.url);
const kernel = "/somewhere/tslab/dist/jupyter.js";
const copy = "/elsewhere/tslab/dist/jupyter.js";
afterEach(() => {
  delete cache[copy];
  delete cache[kernel];
  vi.restoreAllMocks();
});

/** What would reach JupyterLab: tslab's module, as it is loaded in a kernel, with a writer of ours. */
function inKernel(): { sent: Sent; update: boolean }[] {
  const all: { sent: Sent; update: boolean }[] = [];
  // Another copy of tslab that is no kernel, as where the kernel is a global one; it was loaded first.
  cache[copy] = { exports: { lastWriteDisplayData: null } } as unknown as NodeJS.Module;
  const lastWriteDisplayData = (sent: Sent, update: boolean) => void all.push({ sent, update });
  cache[kernel] = { exports: { lastWriteDisplayData } } as unknown as NodeJS.Module;
  return all;
}

const grey: RgbImage = { width: 64, height: 48, data: new Uint8Array(64 * 48 * 3).fill(128) };

describe("in a notebook", () => {
  it("a table is HTML, escaped, numbers to the right, and plain text beside it", async () => {
    const all = inKernel();
    await show([
      ["<person>", "accuracy"],
      ["Ada & Bo", "99.5 +- 0.2"],
    ]);
    const { data } = all[0]!.sent;
    expect(data["text/html"]).toContain('<th style="text-align:left">&lt;person&gt;</th>');
    expect(data["text/html"]).toContain('<td style="text-align:right">99.5 +- 0.2</td>');
    expect(data["text/plain"]).toBe(
      "| <person> | accuracy    |\n| -------- | ----------- |\n| Ada & Bo | 99.5 +- 0.2 |",
    );
  });

  it("a danfojs frame is a table, of which twenty rows are shown and the others counted", async () => {
    const all = inKernel();
    const names = Array.from({ length: 23 }, (_, i) => `c${i}`);
    await show(
      comparisonFrame(handMade(Object.fromEntries(names.map((name) => [name, [[["Ada", "Ada"]]]])))),
    );
    const html = String(all[0]!.sent.data["text/html"]);
    expect(html.match(/<tr>/g)).toHaveLength(21);
    expect(html).toContain("... and 3 more rows");
    expect(html).toContain(">c19<");
    expect(html).not.toContain(">c20<");
  });

  it("a figure goes out as an object with a static picture, and is marked as a chart", async () => {
    const all = inKernel();
    const figure = { data: [{ type: "bar", x: ["a"], y: [1] }], layout: { title: { text: "One" } } };
    await show(figure);
    const { data, metadata } = all[0]!.sent;
    expect(data["application/vnd.plotly.v1+json"]).toMatchObject(figure);
    expect(Buffer.from(String(data["image/png"]), "base64").subarray(1, 4).toString()).toBe("PNG");
    expect(data["text/plain"]).toBe("[figure: One]");
    expect(metadata).toEqual({ facelab: { picture: "chart" } });
  });

  it("boxes without landmarks are candidates, and have no label", async () => {
    const all = inKernel();
    const box = { x: 10, y: 10, width: 20, height: 20 };
    await show(grey, { faces: [{ box, score: 0.9 }] });
    await show(grey, { faces: [{ box, score: 0.1 }] });
    const [first, second] = all.map(({ sent }) => sent.data);
    expect(first!["text/plain"]).toBe("[photo, 64 x 48 pixels, 1 candidate marked; run the cell to see it]");
    // Nothing of the score is written into the picture.
    expect(first!["image/png"]).toBe(second!["image/png"]);
  });

  it("a photo and a mosaic are marked as photos, with words for where they are not kept", async () => {
    const all = inKernel();
    const point = { x: 20, y: 20 };
    const landmarks = [point, point, point, point, point] as const;
    await show(grey, { faces: [{ box: { x: 10, y: 10, width: 20, height: 20 }, score: 0.987, landmarks }] });
    await show([{ label: "Ada", images: [grey, grey] }]);
    expect(all.map(({ sent }) => sent.metadata.facelab?.picture)).toEqual(["photo", "photo"]);
    expect(all.map(({ sent }) => sent.data["text/plain"])).toEqual([
      "[photo, 64 x 48 pixels, 1 face marked; run the cell to see it]",
      "[faces of 1 people, 2 pictures; run the cell to see it]",
    ]);
  });

  it("progress is one line that is written over, and its end always comes", () => {
    const all = inKernel();
    const progress = showProgress("photos");
    for (const done of [1, 2, 3]) progress(done, 3);
    expect(all.map(({ sent, update }) => [sent.data["text/plain"], update])).toEqual([
      ["photos: 1 of 3", false],
      ["photos: 3 of 3", true],
    ]);
    expect(new Set(all.map(({ sent }) => sent.transient.display_id)).size).toBe(1);
  });

  it("anything else is refused", async () => {
    inKernel();
    await expect(show("text" as never)).rejects.toThrow(InputError);
    await expect(show({ data: [{ type: "pie" }], layout: {} })).rejects.toThrow(/^cannot draw trace: pie/);
  });
});

it("outside of a notebook what can be printed is printed, and progress is silent", async () => {
  const written = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  await show([["a"], ["1"]]);
  showProgress("photos")(1, 1);
  expect(written.mock.calls.map(([text]) => text)).toEqual(["| a |\n| - |\n| 1 |\n"]);
});
