import { existsSync } from "node:fs";
import { cp, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { temporaryFolder } from "./temporary-folder.js";

const lib = fileURLToPath(new URL("../../src/lib", import.meta.url));

/** The package in a checkout of its own. */
export interface LoneCheckout {
  /** The folder that holds the checkout `main`, and `shared` where a test makes one. */
  readonly root: string;
  /** Imports a file of the package, as `detection/registry.js`: a module of its own, not the one that other tests import. */
  load<T>(file: string): Promise<T>;
}

/** Copies the built package to where no `../shared` is beside it, but the one that a test puts there. */
export async function loneCheckout(): Promise<LoneCheckout> {
  const root = await temporaryFolder();
  const copy = join(root, "main/src/lib");
  await cp(lib, copy, { recursive: true, filter: (path) => basename(path) !== "node_modules" });
  await symlink(join(lib, "../../node_modules"), join(root, "main/node_modules"), "junction");
  const nested = join(lib, "node_modules");
  if (existsSync(nested)) await symlink(nested, join(copy, "node_modules"), "junction");
  return { root, load: (file) => import(/* @vite-ignore */ pathToFileURL(join(copy, "dist", file)).href) };
}
