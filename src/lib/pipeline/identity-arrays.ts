import type { NpyArray } from "../datasets/npy-array.js";
import type { PhotoIdentity } from "../datasets/photo.js";
import { InputError } from "../errors.js";
import { type NpzFields, textArray } from "./npz-fields.js";

/**
 * The arrays Sha256 and ImageHashes with a word before their names: which photos are copies stays known without the photos. Empty text
 * where it is not known; no arrays where nothing is.
 */
export function identityArrays(prefix: string, photos: readonly PhotoIdentity[]): Record<string, NpyArray> {
  if (photos.every(({ sha256, imageHash }) => sha256 === undefined && imageHash === undefined)) return {};
  return {
    [`${prefix}Sha256`]: textArray(photos.map(({ sha256 }) => sha256 ?? "")),
    [`${prefix}ImageHashes`]: textArray(photos.map(({ imageHash }) => imageHash ?? "")),
  };
}

/** The way back; a file without them knows of no copies. @throws InputError where they are damaged. */
export function readIdentities(
  path: string,
  fields: NpzFields,
  prefix: string,
  count: number,
): PhotoIdentity[] {
  const column = (name: string, length: number): (string | undefined)[] => {
    if (!fields.has(name)) return [];
    return fields.get(name, ["unicode"], [count]).data.map((text) => {
      if (text === "") return undefined;
      if (text.length === length && /^[0-9a-f]+$/.test(text)) return text;
      throw new InputError(
        `${path}: ${name} holds ${JSON.stringify(text)} (expected ${length} hexadecimal digits)`,
      );
    });
  };
  const sha256 = column(`${prefix}Sha256`, 64);
  const imageHashes = column(`${prefix}ImageHashes`, 16);
  return Array.from({ length: count }, (_, i) => ({ sha256: sha256[i], imageHash: imageHashes[i] }));
}
