import { copyFile, mkdir, rm, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { InputError } from "../errors.js";
import { type FetchFilesOptions, fetchFiles } from "../inference/fetch-files.js";
import { fileSha256 } from "../inference/file-sha256.js";
import type { RemoteFile } from "../inference/remote-file.js";
import { describe, installLfw, isComplete, type LfwSize } from "./install-lfw.js";
import { lfwPhotoPath, lfwSize, loadLfw } from "./load-lfw.js";
import { unpackTgz } from "./unpack-tgz.js";

/** The versions of LFW whose archives are known by sha256. */
export type LfwVariant = "lfw-funneled" | "lfw";

/** The archives as scikit-learn fetches them: aligned by funneling, and the originals. */
export const lfwArchives: Readonly<Record<LfwVariant, RemoteFile>> = {
  "lfw-funneled": {
    name: "lfw-funneled.tgz",
    urls: ["https://ndownloader.figshare.com/files/5976015"],
    sha256: "b47c8422c8cded889dc5a13418c4bc2abbda121092b3533a83306f90d900100a",
  },
  lfw: {
    name: "lfw.tgz",
    urls: ["https://ndownloader.figshare.com/files/5976018"],
    sha256: "055f7d9c632d7370e6fb4afc7468d40f970c34a80d4c6f50ffec63f5a8d536c0",
  },
};

/** View 2's pairs, the same for every version. */
export const lfwPairs: RemoteFile = {
  name: "pairs.txt",
  urls: ["https://ndownloader.figshare.com/files/5976006"],
  sha256: "ea42330c62c92989f9d7c03237ed5d591365e89b3e649747777b70e692dc1592",
  bytes: 155_335,
};

/** Terms and citations, to be shown before anything is fetched. */
export const lfwTerms: readonly string[] = [
  "Labeled Faces in the Wild: photos of real people from the news of 2002 to 2004, for research. Cite",
  "  Huang, Ramesh, Berg, Learned-Miller: Labeled Faces in the Wild: A Database for Studying Face Recognition in",
  "  Unconstrained Environments. University of Massachusetts, Amherst, Technical Report 07-49, 2007",
  "and for its funneled version",
  "  Huang, Jain, Learned-Miller: Unsupervised Joint Alignment of Complex Images. ICCV 2007",
];

/** What came of fetching LFW. */
export interface FetchedLfw extends LfwSize {
  /** `complete`: it was there already, and nothing was done. */
  readonly kind: "fetched" | "complete";
  /** One folder per person. */
  readonly folder: string;
  /** The version that the archive's sha256 stands for; undefined where its content was only counted. */
  readonly verified?: LfwVariant;
}

/** How LFW is fetched; the rest as for any download. */
export interface FetchLfwOptions extends Omit<FetchFilesOptions, "from"> {
  /** @default "lfw-funneled" */
  readonly variant?: LfwVariant;
  /** Another archive to fetch in its stead, with how much it holds. */
  readonly archive?: RemoteFile;
  readonly size?: LfwSize;
  /** Another list of pairs. */
  readonly pairs?: RemoteFile;
  /** Told when the archive is whole and being unpacked. */
  readonly onUnpack?: () => void;
}

/**
 * Downloads LFW and its pairs.txt into a folder: `to/lfw-funneled/NAME/NAME_0001.jpg` and `to/pairs.txt`. A run that was broken off is
 * resumed; the archive is removed when it is unpacked.
 * @throws InputError as `downloadFile` and {@link unpackTgz}, and where something else or a part of LFW is in the way.
 */
export async function fetchLfw(to: string, options: FetchLfwOptions = {}): Promise<FetchedLfw> {
  const { variant = "lfw-funneled", size = lfwSize, pairs = lfwPairs, onUnpack, ...download } = options;
  const archive = options.archive ?? lfwArchives[variant];
  const folder = join(to, variant);
  await fetchFiles([pairs], to, download);
  const result = { folder, verified: variant, ...size };
  if (await isThere(folder, size)) return { kind: "complete", ...result };
  await fetchFiles([archive], to, download);
  onUnpack?.();
  const file = join(to, archive.name);
  try {
    await installLfw(folder, size, file, (inside) => unpackTgz(file, inside));
  } catch (error) {
    // Another process that was faster has removed the archive under our hands.
    if (await isComplete(folder, size)) return { kind: "complete", ...result };
    throw error;
  }
  await rm(file, { force: true });
  return { kind: "fetched", ...result };
}

/**
 * Puts LFW, as somebody has got it elsewhere, into a folder: any version, such as lfw-deepfunneled, as a .tgz or unpacked. Where
 * its sha256 is not known people and photos are counted, which says nothing about what the photos show.
 * @param from an archive, or a folder with one folder per person; its name without `.tgz` becomes the folder's inside of `to`.
 * @throws InputError where it is missing, damaged, refused, or not all of LFW.
 */
export async function takeLfw(
  from: string,
  to: string,
  { size = lfwSize }: { readonly size?: LfwSize } = {},
): Promise<FetchedLfw> {
  const found = await stat(from).catch((cause: Error) => {
    throw new InputError(`cannot read ${from} (${cause.message})`, { cause });
  });
  const folder = join(to, basename(resolve(from)).replace(/\.(tgz|tar\.gz)$/i, "") || "lfw");
  // A folder that is taken to where it is already has nothing to be copied.
  if (await isThere(folder, size)) return { kind: "complete", folder, ...size };
  if (found.isDirectory()) {
    await installLfw(folder, size, from, (inside) => copyPhotos(from, inside));
    return { kind: "fetched", folder, ...size };
  }
  if (!found.isFile()) throw new InputError(`cannot read ${from} (neither a file nor a folder)`);
  const sha256 = await fileSha256(from);
  const verified = Object.entries(lfwArchives).find(([, file]) => file.sha256 === sha256)?.[0] as
    | LfwVariant
    | undefined;
  await installLfw(folder, size, from, (inside) => unpackTgz(from, inside));
  return { kind: "fetched", folder, verified, ...size };
}

async function isThere(folder: string, size: LfwSize): Promise<boolean> {
  if ((await stat(folder).catch(() => undefined)) === undefined) return false;
  if (await isComplete(folder, size)) return true;
  throw new InputError(
    `in the way: ${folder} (not all of LFW, which is ${describe(size)}; move it away to fetch it again)`,
  );
}

/** Photos alone: what else lies in the folder stays there. */
async function copyPhotos(from: string, to: string): Promise<void> {
  const { samples } = await loadLfw(from);
  await mkdir(to, { recursive: true });
  let person: string | undefined;
  for (const { path, label } of samples) {
    const number = Number(/(\d{4})\.jpg$/.exec(path)?.[1]);
    const copy = lfwPhotoPath(to, { name: label, number });
    if (person !== label) await mkdir(join(to, label), { recursive: true });
    person = label;
    await copyFile(path, copy);
  }
}
