import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { temporaryFolder } from "./temporary-folder.js";

/**
 * The environment for a child process of node in which packages are not what is installed here.
 * @param packages by name: the code that lies in its place (CommonJS; of version 1.2.3), or `null` where nothing does.
 */
export async function environmentWith(
  packages: Readonly<Record<string, string | null>>,
): Promise<Record<string, string>> {
  const folder = await temporaryFolder();
  const places: Record<string, string | null> = {};
  for (const [i, [name, code]] of Object.entries(packages).entries()) {
    const manifest = join(folder, `${i}.json`);
    const main = join(folder, `${i}.cjs`);
    places[name] = null;
    places[`${name}/package.json`] = code === null ? null : manifest;
    if (code === null) continue;
    places[name] = main;
    await writeFile(manifest, JSON.stringify({ name, version: "1.2.3" }));
    await writeFile(main, code);
  }
  const preload = join(folder, "preload.mjs");
  await writeFile(preload, preloadCode(places));
  return { NODE_OPTIONS: `--import ${pathToFileURL(preload).href}` };
}

/** Answers `require` by the places, and refuses `import` of what is missing. */
function preloadCode(places: Readonly<Record<string, string | null>>): string {
  const missing = Object.keys(places).filter((name) => places[name] === null);
  const hooks = `export async function resolve(name, context, next) {
    if (${JSON.stringify(missing)}.includes(name)) throw new Error("Cannot find package '" + name + "'");
    return next(name, context);
  }`;
  return `
    import Module, { register } from "node:module";
    const places = ${JSON.stringify(places)};
    const resolve = Module._resolveFilename;
    Module._resolveFilename = function (name, ...others) {
      if (!(name in places)) return resolve.call(this, name, ...others);
      if (places[name] !== null) return places[name];
      throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: "MODULE_NOT_FOUND" });
    };
    register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});
  `;
}
