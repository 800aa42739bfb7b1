import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * The versions of packages and of all that these depend on, as they are installed for facelab.
 * @returns `name@version` by the place of each; `missing` for what is not installed.
 */
export function packageVersions(names: readonly string[]): Record<string, string> {
  const versions: Record<string, string> = {};
  const visit = (name: string, from: string): void => {
    const folder = find(name, from);
    if (folder === undefined) {
      versions[name] ??= "missing";
      return;
    }
    // Where two parts of the tree have two versions of one package, they lie in two places.
    const place = folder.slice(folder.indexOf("node_modules"));
    if (place in versions) return;
    const manifest = read(folder) as Manifest;
    versions[place] = `${manifest.name}@${manifest.version}`;
    for (const dependency of Object.keys(manifest.dependencies ?? {}).sort()) visit(dependency, folder);
  };
  for (const name of names) visit(name, dirname(fileURLToPath(import.meta.url)));
  return versions;
}

/** Where Node finds a package: in the next node_modules upwards. Asking Node itself needs a package that lets its package.json be seen. */
function find(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (read(candidate) !== undefined) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

function read(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
