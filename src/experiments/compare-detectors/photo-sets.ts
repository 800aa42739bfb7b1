import { basename, join, relative } from "node:path";
import { InputError, listPhotos, loadFolder, samplePhotoPaths } from "facelab";

/** Photos that no weights of ours were trained on. */
export interface PhotoSet {
  readonly name: PhotoSetName;
  readonly photos: readonly { readonly name: string; readonly path: string }[];
  /** Whether faces may touch the border: then landmarks are compared with a border about the photo. */
  readonly tight: boolean;
}

export const photoSetNames = ["scenes", "expressions", "samples", "celebrities"] as const;
export type PhotoSetName = (typeof photoSetNames)[number];

/**
 * The sets, in the order of {@link photoSetNames}.
 * @param data the folder that holds tv-characters/ and celebrities-5/; face-api's samples come with its package.
 * @throws InputError where a set is not there or empty.
 */
export async function photoSets(data: string, names: readonly string[]): Promise<PhotoSet[]> {
  const inFolder = async (folder: string): Promise<PhotoSet["photos"]> => {
    const { photos } = await listPhotos([join(data, folder)]);
    return photos.map((path) => ({ name: basename(path), path }));
  };
  const photosOf: Readonly<Record<PhotoSetName, () => Promise<PhotoSet["photos"]>>> = {
    scenes: () => inFolder("tv-characters/scenes"),
    expressions: () => inFolder("tv-characters/expressions"),
    samples: async () => samplePhotoPaths().map((path) => ({ name: basename(path), path })),
    celebrities: async () => {
      const folder = join(data, "celebrities-5");
      const { samples } = await loadFolder(folder);
      return samples.map(({ path }) => ({ name: relative(folder, path).replaceAll("\\", "/"), path }));
    },
  };
  const chosen = photoSetNames.filter((name) => names.includes(name));
  const sets: PhotoSet[] = [];
  for (const name of chosen) {
    const photos = await photosOf[name]();
    if (photos.length === 0) throw new InputError(`no photos of the set ${name} below ${data} (give --data)`);
    sets.push({ name, photos, tight: name === "celebrities" });
  }
  return sets;
}
