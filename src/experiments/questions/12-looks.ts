import { existsSync } from "node:fs";
import { basename, join, parse } from "node:path";
import {
  attributeEstimator,
  type Box,
  decodeImage,
  expressions,
  type FaceAttributes,
  InputError,
  type RgbImage,
  samplePhotoPaths,
  ssdDetector,
  type Variation,
  varyImage,
} from "facelab";
import type { QuestionContext } from "./question.js";
import { type Cell, pushRow, type Records } from "./records.js";

/** Changes that leave a face's age and expression as they are. */
export const changes: readonly { readonly name: string; readonly variation: Variation }[] = [
  { name: "as it is", variation: { kind: "plain", strength: 0 } },
  { name: "mirrored", variation: { kind: "mirror", strength: 0 } },
  { name: "darker", variation: { kind: "brightness", strength: 0.6 } },
  { name: "half the pixels", variation: { kind: "low-resolution", strength: 0.5 } },
  { name: "JPEG of quality 20", variation: { kind: "jpeg", strength: 20 } },
];

/** Sets of photos. */
export const SETS = { expressions: "expressions", samples: "samples" } as const;

/** face-api's age, expression and eyes of every face of the photos of expressions and of the samples, also slightly changed. */
export async function looks({ data, random, say, onProgress }: QuestionContext): Promise<Records> {
  // face-api's landmarks are made for the boxes of its own detectors.
  const detector = await ssdDetector();
  const estimator = await attributeEstimator();
  const folder = join(data, "tv-characters", "expressions");
  const acted = existsSync(folder) ? expressions.map((name) => join(folder, `${name}.jpg`)) : [];
  const notRun = acted.length > 0 ? undefined : `needs the photos of expressions (tv-characters/expressions)`;
  if (notRun !== undefined) say(`    not run: ${notRun}: ${folder}`);
  const missing = acted.filter((path) => !existsSync(path)).map((path) => basename(path));
  const photos = [
    ...acted.filter(existsSync).map((path) => ({ path, set: SETS.expressions })),
    ...samplePhotoPaths().map((path) => ({ path, set: SETS.samples })),
  ];
  const withoutEstimate: string[] = [];
  const columns: Record<string, Cell[]> = { set: [], photo: [], face: [], change: [], age: [], eyes: [] };
  for (const name of expressions) columns[name] = [];
  const counted: Record<string, Cell[]> = { set: [], photo: [], faces: [] };
  for (const [i, { path, set }] of photos.entries()) {
    const image = await decodeImage(path);
    const photo = parse(basename(path)).name;
    const boxes = (await detector.detect(image)).map(({ box }) => box).sort((a, b) => a.x - b.x);
    pushRow(counted, { set, photo, faces: boxes.length });
    const images = await Promise.all(
      changes.map(({ variation }) => varyImage(image, variation, random.fork(photo))),
    );
    for (const [face, box] of boxes.entries()) {
      try {
        const rows: Record<string, Cell>[] = [];
        for (const [at, { name, variation }] of changes.entries()) {
          const place = variation.kind === "mirror" ? mirroredBox(box, image) : box;
          const [one] = await estimator.estimate(images[at]!, [place]);
          const { age, eyeAspectRatio, expressions: found } = one as FaceAttributes;
          rows.push({
            ...{ set, photo, face: face + 1, change: name },
            ...{ age: Number(age.toFixed(1)), eyes: Number(eyeAspectRatio.toFixed(3)) },
            ...Object.fromEntries(expressions.map((of) => [of, Number(found[of].toFixed(4))])),
          });
        }
        for (const row of rows) pushRow(columns, row);
      } catch (error) {
        // Points outside of the photo, or an eye without width: one such face does not end the others.
        if (!(error instanceof InputError)) throw error;
        withoutEstimate.push(`${photo}, face ${face + 1}: ${error.message}`);
      }
    }
    onProgress(i + 1, photos.length);
  }
  return {
    about: {
      made: [...detector.models, ...estimator.models].map(
        ({ name, sha256 }) => `${name} ${sha256.slice(0, 12)}`,
      ),
      ...(notRun === undefined ? {} : { notRun }),
      ...(missing.length > 0 ? { missing } : {}),
      ...(withoutEstimate.length > 0 ? { withoutEstimate } : {}),
    },
    tables: { photos: counted, faces: columns },
  };
}

function mirroredBox({ x, y, width, height }: Box, image: RgbImage): Box {
  return { x: image.width - x - width, y, width, height };
}
