import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { it, type TestFunction } from "vitest";

/** The folder beside the checkout with what may not be committed: photos and other people's weights. */
const shared = fileURLToPath(new URL("../../../shared", import.meta.url));

/** The path of something in ../shared, whether it is there or not. */
export function sharedPath(path: string): string {
  return join(shared, path);
}

/** MTCNN's weights; the shard lies beside the manifest. */
export const mtcnnManifest = "models/mtcnn-reference/mtcnn_model-weights_manifest.json";
export const mtcnnShard = "models/mtcnn-reference/mtcnn_model-shard1";

/** OpenCV's cascade for frontal faces. */
export const haarCascade = "models/haarcascade/haarcascade_frontalface_default.xml";

type Test = (name: string, body: TestFunction<object>, timeout?: number) => void;

/**
 * `it` for a test that needs something of ../shared. Where that is missing the test is skipped, with a line that says
 * what is missing; with FACELAB_REQUIRE_ALL=1 in the environment (CI) it fails instead.
 * @param needs paths inside of ../shared.
 */
export function itWithShared(...needs: readonly string[]): Test {
  return decide(
    needs.filter((path) => !existsSync(sharedPath(path))).map((path) => `../shared/${path}`),
    process.env.FACELAB_REQUIRE_ALL === "1",
    it,
    (line) => console.warn(line),
  );
}

/** A Python that has a module: the one named in FACELAB_PYTHON, or python3. */
function pythonWith(module: string): string | undefined {
  return [process.env.FACELAB_PYTHON, "python3"].find(
    (name) => name !== undefined && spawnSync(name, ["-c", `import ${module}`]).status === 0,
  );
}

/** A Python that has numpy. */
export const numpyPython: string | undefined = pythonWith("numpy");

/** `it` for a test that needs Python with numpy, skipped or failed as {@link itWithShared}. */
export function itWithNumpy(): Test {
  const missing = numpyPython === undefined ? ["Python with numpy (name it in FACELAB_PYTHON)"] : [];
  return decide(missing, process.env.FACELAB_REQUIRE_ALL === "1", it, (line) => console.warn(line));
}

/** `it` for a test that needs Python with pandas, skipped or failed as {@link itWithShared}; it is given that Python. */
export function itWithPandas(): (name: string, body: (python: string) => unknown) => void {
  const python = pythonWith("pandas");
  const missing = python === undefined ? ["Python with pandas (name it in FACELAB_PYTHON)"] : [];
  const run = decide(missing, process.env.FACELAB_REQUIRE_ALL === "1", it, (line) => console.warn(line));
  return (name, body) => run(name, async () => void (await body(python!)));
}

type PythonTest = (name: string, body: (python: string) => unknown, timeout?: number) => void;

/** `it` for a test that needs Python with JupyterLab and nbgrader, skipped or failed as {@link itWithShared}; it is given that Python. */
export function itWithJupyter(further: readonly string[] = []): PythonTest {
  const python = pythonWith("jupyterlab, nbconvert, nbgrader");
  const jupyter =
    python === undefined ? ["Python with JupyterLab and nbgrader (name it in FACELAB_PYTHON)"] : [];
  const required = process.env.FACELAB_REQUIRE_ALL === "1";
  const run = decide([...jupyter, ...further], required, it, (line) => console.warn(line));
  return (name, body, timeout) => run(name, async () => void (await body(python!)), timeout);
}

/** The same for a test that needs Chromium as well. */
export function itWithLab(): PythonTest {
  return itWithJupyter(chromiumPath === undefined ? ["chromium (name it in FACELAB_CHROMIUM)"] : []);
}

/** A Chromium or Chrome to run pages in: the one named in FACELAB_CHROMIUM, or the system's. */
export const chromiumPath: string | undefined = [
  process.env.FACELAB_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
].find((path) => path !== undefined && existsSync(path));

/** `it` for a test that needs the system's ffmpeg and something of ../shared, skipped or failed as {@link itWithShared}. */
export function itWithFfmpeg(...needs: readonly string[]): Test {
  const ffmpeg = spawnSync("ffmpeg", ["-version"]).status === 0 ? [] : ["ffmpeg"];
  const shared = needs.filter((path) => !existsSync(sharedPath(path))).map((path) => `../shared/${path}`);
  const required = process.env.FACELAB_REQUIRE_ALL === "1";
  return decide([...ffmpeg, ...shared], required, it, (line) => console.warn(line));
}

/** `it` for a test that needs Chromium, skipped or failed as {@link itWithShared}. */
export function itWithChromium(): Test {
  const missing = chromiumPath === undefined ? ["chromium (name it in FACELAB_CHROMIUM)"] : [];
  return decide(missing, process.env.FACELAB_REQUIRE_ALL === "1", it, (line) => console.warn(line));
}

/**
 * `it` for a test that needs tensorflow.js' native addon, skipped or failed as {@link itWithShared}. It loads tensorflow.js, so
 * that a test file has to ask for it.
 */
export async function itWithTfjsNode(): Promise<Test> {
  const { loadTfjs } = await import("../../src/lib/dist/inference/tfjs-backend.js");
  const { engine, nativeReason } = await loadTfjs();
  const missing =
    engine === "tfjs-node"
      ? []
      : [`tensorflow.js' native addon: ${nativeReason} (.ci/build-tfjs-node builds it)`];
  return decide(missing, process.env.FACELAB_REQUIRE_ALL === "1", it, (line) => console.warn(line));
}

/** The decision of {@link itWithShared}, apart from the disk, the environment and the test runner. */
export function decide(
  missing: readonly string[],
  required: boolean,
  runner: Test & { readonly skip: Test },
  print: (line: string) => void,
): Test {
  if (missing.length === 0) return runner;
  const rest = missing.length > 2 ? ` and ${missing.length - 2} more` : "";
  const what = `missing: ${missing.slice(0, 2).join(", ")}${rest}`;
  if (required) {
    return (name) =>
      runner(name, () => {
        throw new Error(`${what} (FACELAB_REQUIRE_ALL=1 makes it a must)`);
      });
  }
  return (name) => {
    print(`skipped "${name}": ${what}`);
    runner.skip(`${name} (${what})`, () => {});
  };
}
