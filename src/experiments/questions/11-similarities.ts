import { everyCosine } from "../cosine.js";
import { knownErrors, rowsOfPhotos, twins } from "./11-errata.js";
import { lfwMaterial } from "./lfw-material.js";
import type { QuestionContext } from "./question.js";
import type { Records } from "./records.js";

/** Of each photo of LFW: how like its most alike photo of the same name is, and the most alike of any other name. */
export async function similarities({ onProgress }: QuestionContext): Promise<Records> {
  const lfw = await lfwMaterial();
  const { names, embeddings } = lfw;
  const count = names.length;
  const own = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const other = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const nearest = new Int32Array(count);
  everyCosine(
    embeddings,
    (i, j, cosine) => {
      if (names[i] === names[j]) {
        if (cosine > own[i]!) own[i] = cosine;
        if (cosine > own[j]!) own[j] = cosine;
        return;
      }
      if (cosine > other[i]!) [other[i], nearest[i]] = [cosine, j];
      if (cosine > other[j]!) [other[j], nearest[j]] = [cosine, i];
    },
    (done) => {
      if (done % 100 === 0) onProgress(done, count);
    },
  );
  const rounded = (value: number): number | null =>
    Number.isFinite(value) ? Number(value.toFixed(5)) : null;
  const errors = knownErrors.flatMap(({ what, photos }) =>
    rowsOfPhotos(lfw, photos).map((row) => ({ what, row })),
  );
  return {
    about: { photos: count, people: new Set(names).size, twins: rowsOfPhotos(lfw, twins) },
    tables: {
      photos: {
        name: names,
        number: lfw.numbers,
        own: Array.from(own, rounded),
        other: Array.from(other, rounded),
        nearest: [...nearest],
      },
      errors: { what: errors.map(({ what }) => what), row: errors.map(({ row }) => row) },
    },
  };
}
