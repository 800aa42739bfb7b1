import type { Command } from "commander";
import { type Ignored, InputError, looksLikePhoto } from "facelab";
import { printable } from "./printable.js";

/** The option of commands that go on without photos that show nobody. */
export interface StrictOption {
  readonly strict?: boolean;
}

/** Adds {@link StrictOption}. */
export function withStrictOption(command: Command): Command {
  return command.option(
    "--strict",
    "fail, and write nothing, where a photo cannot be read, shows no face or was not used",
  );
}

/** As `loadFolder` says it; the folder may hold photos, which nobody has looked at. */
const DEEPER = "folder inside of a person's folder";

/**
 * With `--strict`, refuses photos that would be missing in the result: those without a face, for whatever reason, and what was
 * ignored although it has the suffix of a photo, also of a format that is not read (.heic), or is a folder inside of a
 * person's folder. Notes (.txt), hidden files and the litter of operating systems are no photos.
 * @throws InputError that counts them and names the first.
 */
export function requireEveryPhoto(
  { strict }: StrictOption,
  photos: readonly { readonly kind: string; readonly path: string; readonly reason?: string }[],
  ignored: readonly Ignored[],
): void {
  if (!strict) return;
  const without = photos.filter(({ kind }) => kind === "none");
  const unused = ignored.filter(({ path, reason }) => looksLikePhoto(path) || reason === DEEPER);
  const [first] = [...without, ...unused];
  if (first === undefined) return;
  throw new InputError(
    `--strict: ${without.length} of ${photos.length} photos without a face, ${unused.length} not used; the first is ` +
      `${printable(first.path)} (${first.reason}; put it right or leave --strict out)`,
  );
}
