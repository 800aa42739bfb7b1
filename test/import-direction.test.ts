import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { moduleImports } from "./support/module-imports.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The layers of src/lib from below; a module may import what is in a layer further down. */
const layers: readonly { readonly modules: readonly string[]; readonly siblings: "apart" | "together" }[] = [
  {
    modules: [
      "types",
      "errors",
      "random",
      "compare-code-points",
      "float16",
      "unit-vector",
      "owned-path",
      "write-aside",
    ],
    siblings: "together",
  },
  { modules: ["images", "inference"], siblings: "apart" },
  {
    modules: ["datasets", "detection", "alignment", "attributes", "embedding", "classifiers", "metrics"],
    siblings: "apart",
  },
  { modules: ["pipeline"], siblings: "apart" },
  { modules: ["evaluation", "plots", "recognition", "attendance"], siblings: "together" },
  { modules: ["notebook"], siblings: "apart" },
  { modules: ["lessons"], siblings: "apart" },
  { modules: ["index"], siblings: "apart" },
];

/** Each of these is known to one place only. */
const engines: readonly {
  readonly package: RegExp;
  readonly where: RegExp;
  readonly files: "one" | "any";
}[] = [
  { package: /^onnxruntime-node(\/|$)/, where: /^inference\/onnx-session\.ts$/, files: "one" },
  { package: /^onnxruntime-web(\/|$)/, where: /^inference\/onnx-session\.ts$/, files: "one" },
  { package: /^onnxruntime-common(\/|$)/, where: /^inference\//, files: "any" },
  { package: /^@vladmandic\/face-api(\/|$)/, where: /^inference\//, files: "one" },
  { package: /^@tensorflow\//, where: /^inference\//, files: "one" },
  { package: /^@techstark\/opencv-js(\/|$)/, where: /^inference\/opencv\.ts$/, files: "one" },
  { package: /^ml-svm$/, where: /^classifiers\/ml-svm\.ts$/, files: "one" },
  { package: /^ml-knn$/, where: /^classifiers\/ml-knn\.ts$/, files: "one" },
  { package: /^umap-js$/, where: /^plots\/umap-coordinates\.ts$/, files: "one" },
  { package: /^plotly\.js-dist$/, where: /^plots\/plotly\.ts$/, files: "one" },
  { package: /^danfojs/, where: /./, files: "one" },
  { package: /^sharp(\/|$)/, where: /^images\//, files: "any" },
];

/** These load by a name that they have in a variable: a build of tensorflow.js, and face-api's package.json. */
const computed = ["inference/tfjs-backend.ts", "inference/face-api.ts"];

function filesIn(folder: string, suffix: RegExp): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !["node_modules", "dist", ".ipynb_checkpoints"].includes(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(path, suffix);
      return suffix.test(entry.name) ? [path] : [];
    })
    .sort();
}

interface Arrow {
  readonly from: string;
  readonly specifier: string;
  /** The imported file, where it is one of ours. */
  readonly to: string | undefined;
  readonly at: string;
}

/** Every import in a folder; names of files are relative to it, with forward slashes. */
function arrowsIn(folder: string, computed: readonly string[] | "any"): Arrow[] {
  const short = (path: string): string => relative(folder, path).split(sep).join("/");
  return filesIn(folder, /\.ts$/).flatMap((path) =>
    moduleImports(short(path), readFileSync(path, "utf8"), computed).map(({ specifier, line }) => ({
      from: short(path),
      specifier,
      to: specifier.startsWith(".") ? short(resolve(dirname(path), specifier)) : undefined,
      at: `${short(path)}:${line} imports ${specifier}`,
    })),
  );
}

/** The module that a file of src/lib belongs to: its folder, or its own name at the top. */
const moduleOf = (file: string): string => file.split("/")[0]!.replace(/\.(ts|js)$/, "");
const layerOf = (module: string): number => layers.findIndex(({ modules }) => modules.includes(module));

/** Why an import within src/lib is not allowed, or undefined where it is. */
function objection({ from, to, specifier }: Pick<Arrow, "from" | "to" | "specifier">): string | undefined {
  if (specifier === "facelab") return "the package imports itself by name";
  if (to === undefined) return undefined;
  if (to.startsWith("..")) return "leaves src/lib";
  const [module, target] = [moduleOf(from), moduleOf(to)];
  if (layerOf(module) < 0) return `${module} is in no layer (add it to this test)`;
  if (layerOf(target) < 0) return `${target} is in no layer (add it to this test)`;
  if (module === target) return undefined;
  if (layerOf(target) > layerOf(module)) return `${target} is above ${module}`;
  if (layerOf(target) < layerOf(module) || layers[layerOf(module)]!.siblings === "together") return undefined;
  return `${target} is beside ${module}`;
}

/** Imports that reach into the package by its path instead of its name. */
const intoLib = ({ specifier }: { specifier: string }): boolean =>
  /(^|\/)lib(\/|$)/.test(specifier) || /^facelab\//.test(specifier);

describe("src/lib", () => {
  const arrows = arrowsIn(join(root, "src/lib"), computed);

  it("is read: the arrows that are there are seen", () => {
    const seen = arrows.map(({ from, to }) => `${from} -> ${to}`);
    expect(seen).toContain("detection/mtcnn.ts -> inference/onnx-session.js");
    expect(seen).toContain("pipeline/embed-photos.ts -> datasets/photo.js");
    expect(seen).toContain("index.ts -> embedding/registry.js");
    expect(arrows.length).toBeGreaterThan(100);
  });

  it("imports in one direction only", () => {
    const wrong = arrows.flatMap((arrow) => {
      const why = objection(arrow);
      return why === undefined ? [] : [`${arrow.at}: ${why}`];
    });
    expect(wrong).toEqual([]);
  });

  it("has no circle of imports between files", () => {
    const targets = new Map<string, string[]>();
    for (const { from, to } of arrows) {
      const known = targets.get(from) ?? [];
      targets.set(from, to === undefined ? known : [...known, to.replace(/\.js$/, ".ts")]);
    }
    const done = new Set<string>();
    const walk = (file: string, path: readonly string[]): string[] => {
      if (path.includes(file)) return [[...path.slice(path.indexOf(file)), file].join(" -> ")];
      if (done.has(file)) return [];
      const circles = (targets.get(file) ?? []).flatMap((next) => walk(next, [...path, file]));
      done.add(file);
      return circles;
    };
    expect([...targets.keys()].flatMap((file) => walk(file, []))).toEqual([]);
  });

  it.each(engines)("knows $package in its place only", ({ package: name, where, files }) => {
    const users = [
      ...new Set(arrows.filter(({ specifier }) => name.test(specifier)).map(({ from }) => from)),
    ];
    expect(users.filter((file) => !where.test(file))).toEqual([]);
    if (files === "one") expect(users.length, users.join(", ")).toBeLessThanOrEqual(1);
    // An engine that nobody imports would mean that this test looks for the wrong name.
    expect(users.length).toBeGreaterThan(0);
  });
});

describe("who uses the package", () => {
  it("src/experiments imports it by name", () => {
    const arrows = arrowsIn(join(root, "src/experiments"), "any");
    expect(arrows.filter(intoLib).map(({ at }) => at)).toEqual([]);
    const outside = arrows.filter(({ to }) => to?.startsWith(".."));
    expect(outside.map(({ at }) => at)).toEqual([]);
  });

  it("notebooks import it by name", () => {
    type Notebook = { cells: { cell_type: string; source: string | string[] }[] };
    const wrong = filesIn(join(root, "notebooks"), /\.ipynb$/).flatMap((path) => {
      const { cells }: Notebook = JSON.parse(readFileSync(path, "utf8"));
      const code = cells
        .filter(({ cell_type }) => cell_type === "code")
        .map(({ source }) => [source].flat().join(""))
        .join("\n");
      const imports = moduleImports(path, code, "any").filter((found) => intoLib(found));
      return imports.map(({ specifier }) => `${relative(root, path)} imports ${specifier}`);
    });
    expect(wrong).toEqual([]);
  });

  it("tests import the built package, never its sources: two copies of a module would be two worlds", () => {
    const arrows = arrowsIn(join(root, "test"), "any");
    expect(arrows.length).toBeGreaterThan(50);
    const sources = arrows.filter(({ to }) =>
      /^\.\.\/src\/(?!lib\/dist\/|experiments\/dist\/)/.test(to ?? ""),
    );
    expect(sources.map(({ at }) => at)).toEqual([]);
  });
});

describe("this test", () => {
  const refuses = (from: string, to: string): string | undefined => objection({ from, to, specifier: "./x" });

  it.each([
    ["types.ts", "images/a.js"],
    ["errors.ts", "inference/a.js"],
    ["images/a.ts", "inference/b.js"],
    ["inference/a.ts", "images/b.js"],
    ["inference/a.ts", "detection/b.js"],
    ["detection/a.ts", "alignment/b.js"],
    ["embedding/a.ts", "alignment/b.js"],
    ["classifiers/a.ts", "metrics/b.js"],
    ["metrics/a.ts", "pipeline/b.js"],
    ["pipeline/a.ts", "evaluation/b.js"],
    ["evaluation/a.ts", "index.js"],
    ["images/a.ts", "../experiments/b.js"],
    ["brand-new/a.ts", "types.js"],
    ["images/a.ts", "brand-new/b.js"],
  ])("refuses %s -> %s", (from, to) => {
    expect(refuses(from, to)).toBeTypeOf("string");
  });

  it.each([
    ["errors.ts", "types.js"],
    ["images/a.ts", "images/b.js"],
    ["detection/a.ts", "inference/b.js"],
    ["pipeline/a.ts", "classifiers/b.js"],
    ["plots/a.ts", "pipeline/b.js"],
    ["index.ts", "plots/b.js"],
  ])("allows %s -> %s", (from, to) => {
    expect(refuses(from, to)).toBeUndefined();
  });

  it("sees every way to import", () => {
    const source = `
      import a from "./a.js";
      import type { B } from "./b.js";
      export { c } from "./c.js";
      export * from "./d.js";
      const e = await import("./e.js");
      type F = typeof import("./f.js");
      const g = require("g/sub");
      const h = createRequire(import.meta.url)("h");
      import "./i.js";
      const path = require.resolve("nothing");
      // import "./comment.js"
    `;
    expect(
      moduleImports("x.ts", source).map(({ specifier }) => specifier.replace(/^\.\/|\.js$/g, "")),
    ).toEqual(["a", "b", "c", "d", "e", "f", "g/sub", "h", "i"]);
    expect(() => moduleImports("x.ts", "await import(name)")).toThrow("x.ts:1: cannot tell what is imported");
    expect(intoLib({ specifier: "../lib/dist/index.js" })).toBe(true);
    expect(intoLib({ specifier: "../lib" })).toBe(true);
    expect(intoLib({ specifier: "facelab/dist/x.js" })).toBe(true);
    expect(intoLib({ specifier: "facelab" })).toBe(false);
  });
});
