import { execFileSync } from "node:child_process";
import { cp, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";

/** What detections and embeddings depend on beside our own code, each with what makes it another one. */
const libraries = {
  sharp: `sharp.versions.sharp = "0"`,
  libvips: `sharp.versions.vips = "0"`,
  "tensorflow.js": `mkdirSync("dist/node_modules/@tensorflow/tfjs", { recursive: true });
    writeFileSync("dist/node_modules/@tensorflow/tfjs/package.json", '{ "name": "tfjs", "version": "0" }')`,
  "ONNX Runtime": `Object.defineProperty(env.versions, "common", { value: "0" })`,
};
/** What fits depend on. */
const machine = {
  package: `mkdirSync("dist/node_modules/ml-svm", { recursive: true });
    writeFileSync("dist/node_modules/ml-svm/package.json", '{ "name": "ml-svm", "version": "0" }')`,
  Node: `Object.defineProperty(process, "version", { value: "v0" })`,
  architecture: `Object.defineProperty(process, "arch", { value: "none" })`,
  processor: `os.cpus = () => [{ model: "none" }]; syncBuiltinESMExports()`,
  cores: `os.cpus = () => [{ model: "none" }, { model: "none" }]; syncBuiltinESMExports()`,
};

it.each([
  [
    "codeFingerprint",
    "pipeline/code-fingerprint.js",
    [".", "alignment", "detection", "embedding", "images", "inference", "pipeline"],
    libraries,
  ],
  [
    "fitFingerprint",
    "evaluation/fit-fingerprint.js",
    [".", "classifiers", "evaluation", "inference", "metrics"],
    machine,
  ],
])(
  "%s is another one after a change in any folder that decides, and for others of what it calls",
  async (name, module, folders, others) => {
    const root = await temporaryFolder();
    const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
    await cp(at("src/lib/dist"), join(root, "dist"), { recursive: true });
    await symlink(at("node_modules"), join(root, "node_modules"));
    const files: string[] = [];
    for (const folder of folders) {
      const names = (await readdir(join(root, "dist", folder))).filter((file) => file.endsWith(".js"));
      files.push(`dist/${folder}/${names.sort()[0]}`);
    }
    const changes = [
      "",
      ...Object.values(others),
      ...files.map((file) => `appendFileSync(${JSON.stringify(file)}, "//")`),
    ];
    // Each import is a new module, which has not looked yet.
    const looks = changes.map(
      (change, i) => `${change}; found.push((await import("./dist/${module}?${i}")).${name}());`,
    );
    const script = `
    import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    import os from "node:os";
    import { env } from "onnxruntime-common";
    import sharp from "sharp";
    const found = [];
    ${looks.join("\n")}
    console.log(JSON.stringify(found));
  `;
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: root });
    const found: string[] = JSON.parse(output.toString());
    const unnoticed = changes.filter((_, i) => i > 0 && found[i] === found[i - 1]);
    expect(unnoticed).toEqual([]);
    expect(found).toHaveLength(changes.length);
  },
);
