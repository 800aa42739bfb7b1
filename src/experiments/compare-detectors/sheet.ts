import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import {
  type Box,
  cropSquare,
  decodeImage,
  drawFaces,
  InputError,
  mosaic,
  type RgbImage,
  writePng,
} from "facelab";
import type { BoxRecord } from "./boxes.js";
import type { PhotoSet } from "./photo-sets.js";

const ROWS = 12;
const COLUMNS = 6;
const TILE = 220;
/** Sides of what is shown, in sides of the box. */
const AROUND = 3;

/**
 * Refuses a folder that git would put photos of people into: one in any checkout, unless it is ignored there.
 * @throws InputError with a remedy; also where git itself cannot be asked.
 */
export function requireOutsideOfGit(folder: string): void {
  let known = resolve(folder);
  while (!existsSync(known)) known = dirname(known);
  const rest = relative(known, resolve(folder));
  // A link to a folder of a checkout is in the checkout.
  const base = realpathSync(known);
  // Without what a hook of git sets, which would lead elsewhere.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
  const git = (...args: string[]) =>
    spawnSync("git", ["-C", base, ...args], { encoding: "utf8", env: { ...env, LC_ALL: "C" } });
  const remedy = "--sheet takes a folder outside of any checkout: photos of people are never committed";
  const inside = git("rev-parse", "--is-inside-work-tree");
  const answer = inside.error?.message ?? inside.stderr.trim();
  if (inside.status !== 0 && !answer.includes("not a git repository")) {
    throw new InputError(`cannot ask git about ${folder} (${answer}; ${remedy})`);
  }
  if (inside.stdout.trim() !== "true") return;
  // What is to be asked is whether a file in it would be ignored: patterns that end in a slash know only folders that exist.
  if (git("check-ignore", "--quiet", "--", join(rest, "sheet.png")).status === 0) return;
  throw new InputError(
    `refused to write photos to ${folder} (it is in a git checkout and not ignored; ${remedy})`,
  );
}

/** Writes pictures of every miss and every extra box with their surroundings, a row for each photo; returns their paths. */
export async function writeSheets(
  folder: string,
  sets: readonly PhotoSet[],
  records: readonly BoxRecord[],
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths = new Map(
    sets.flatMap(({ name, photos }) => photos.map((one) => [`${name}/${one.name}`, one.path])),
  );
  const written: string[] = [];
  for (const [what, style] of [
    ["missed", "unknown"],
    ["extra", "known"],
  ] as const) {
    for (const minFace of [...new Set(records.map((record) => record.minFace))]) {
      const byPhoto = new Map<string, { box: Box; score: number }[]>();
      for (const record of records) {
        const wanted =
          what === "extra" ? record.kind === "extra" : record.kind === "face" && record.overlap === null;
        if (!wanted || record.kind === "photo" || record.minFace !== minFace) continue;
        const name = `${record.set}/${record.photo}`;
        byPhoto.set(name, [...(byPhoto.get(name) ?? []), record]);
      }
      const photos = [...byPhoto];
      for (let start = 0; start < photos.length; start += ROWS) {
        const rows = [];
        for (const [label, boxes] of photos.slice(start, start + ROWS)) {
          const photo = await decodeImage(paths.get(label)!);
          const images: RgbImage[] = [];
          for (const { box, score } of boxes.slice(0, COLUMNS))
            images.push(await shown(photo, box, score, style));
          rows.push({
            label: boxes.length > COLUMNS ? `${label} (${COLUMNS} of ${boxes.length})` : label,
            images,
          });
        }
        const { image } = await mosaic(rows, { tile: TILE, maxRows: ROWS, maxColumns: COLUMNS });
        const path = join(folder, `min-face-${minFace}-${what}-${1 + start / ROWS}.png`);
        await writePng(path, image);
        written.push(path);
      }
    }
  }
  return written;
}

/** The box with its surroundings, marked. */
async function shown(
  photo: RgbImage,
  box: Box,
  score: number,
  style: "known" | "unknown",
): Promise<RgbImage> {
  const side = Math.max(box.width, box.height);
  const corner = (from: number, length: number): number => from + (length - AROUND * side) / 2;
  const around: Box = {
    x: corner(box.x, box.width),
    y: corner(box.y, box.height),
    width: AROUND * side,
    height: AROUND * side,
  };
  const { image, toPhoto } = cropSquare(photo, around, 3 * TILE);
  const inCrop: Box = {
    x: (box.x - toPhoto.dx) / toPhoto.a,
    y: (box.y - toPhoto.dy) / toPhoto.a,
    width: box.width / toPhoto.a,
    height: box.height / toPhoto.a,
  };
  return drawFaces(image, [
    { box: inCrop, name: style === "known" ? "ours" : "reference", detail: score.toFixed(3), style },
  ]);
}
