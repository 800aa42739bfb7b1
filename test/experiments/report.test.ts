import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type NpyArray, writeNpz } from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

describe("eval and its report", () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await temporaryFolder();
    const text = (data: string[]): NpyArray => ({ dtype: "unicode", shape: [data.length], data });
    const matrix = (rows: number, offset: number): NpyArray => ({
      dtype: "float32",
      shape: [rows, 2],
      data: Float32Array.from({ length: 2 * rows }, (_, i) => i + offset),
    });
    const labels = ["<b>a", "b", "<b>a", "b"];
    await writeNpz(join(cwd, "small.npz"), {
      trainX: matrix(4, 0),
      trainy: text(labels),
      testX: matrix(4, 0.5),
      testy: text(labels),
    });
    await mkdir(join(cwd, "bare run"));
    await mkdir(join(cwd, "made"));
    await writeFile(join(cwd, "made/report.html"), "a page");
  });

  it("writes the report into the run, which report then finds by its folder", async () => {
    const small = ["eval", "--dataset", "small.npz", "--classifiers", "knn,majority", "--output", "runs"];
    const run = await runCli(small, { cwd });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const path = /^report: (.*report\.html) \(/m.exec(run.stdout)?.[1] ?? "";
    const html = await readFile(join(cwd, path), "utf8");
    expect(html).toContain("<title>Face recognition on small.npz</title>");
    expect(html).toContain("&lt;b&gt;a");
    expect(html).toContain("no pictures: the dataset holds embeddings");
    const { dataset } = JSON.parse(await readFile(join(cwd, path, "../run.json"), "utf8"));
    expect(html).toContain(`sha256: <code>${dataset.sha256}</code>`);
    const found = await runCli(["report", "--no-open", join(path, "..")], { cwd });
    expect(found).toEqual({ code: 0, stdout: `${path}\n`, stderr: "" });

    const without = await runCli([...small, "--no-report"], { cwd });
    const folder = /^records and tables: (.*)$/m.exec(without.stdout)?.[1] ?? "";
    expect(await readdir(join(cwd, folder))).not.toContain("report.html");
    expect(without.stdout).not.toContain("report");
  });

  it.skipIf(process.platform !== "linux")("says where there is no display to open it on", async () => {
    const run = await runCli(["report", "made"], { cwd, env: { DISPLAY: "", WAYLAND_DISPLAY: "" } });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toBe(
      `${join("made", "report.html")}\nnote: there is no display to open it on (open the file on a machine that has one)\n`,
    );
  });

  it.each([
    ["nowhere", /^facelab: no such run: nowhere \(neither a folder nor a name in .*runs\)\n$/],
    ["bare run", /^facelab: no report in run: bare run \(made with --no-report, .*run eval again\)\n$/],
  ])("refuses %s", async (name, message) => {
    const run = await runCli(["report", "--no-open", name], { cwd });
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toMatch(message);
  });
});
