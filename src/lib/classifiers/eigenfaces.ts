import { InputError, requireInteger } from "../errors.js";
import type { Classifier } from "../types.js";
import { eigenfacesModel, type FaceSpace, intoFaceSpace } from "./eigenfaces-model.js";
import { linearSvm } from "./linear-svm.js";
import { type PrincipalComponents, principalComponents } from "./principal-components.js";
import { trainingSet } from "./training-set.js";

/** Hyper-parameters of {@link eigenfaces}. */
export interface EigenfacesOptions {
  /** Principal components at most, >= 1; never more than the faces spread in. @default 150 */
  readonly components?: number;
  /** Divide each coordinate by its deviation, so that light from the side weighs no more than the shape of a nose. @default true */
  readonly whiten?: boolean;
  /** Inverse strength of the SVM's regularisation, > 0, or `search`, see `LinearSvmOptions.c`. @default "search" */
  readonly c?: number | "search";
}

/**
 * Eigenfaces: the pixels of the aligned faces, their principal components, and {@link linearSvm} on the coordinates. What face
 * recognition was before networks (Turk and Pentland 1991), and still the first example of many courses; here as a baseline. It is
 * made for the embedder `pixels`, so it needs photos.
 *
 * `chosen` of the model: `components` found, the share of the `variance` that they explain, and what the SVM chose.
 * @throws InputError on an option out of its range.
 */
export function eigenfaces({
  components = 150,
  whiten = true,
  c = "search",
}: EigenfacesOptions = {}): Classifier {
  requireInteger("components", components, 1);
  if (typeof whiten !== "boolean") throw new InputError(`invalid whiten: ${whiten} (must be true or false)`);
  const svm = linearSvm({ c });
  return {
    name: "eigenfaces",
    params: { components, whiten, c },
    embedder: "pixels",
    async fit(samples, random) {
      const { rows, dimensions } = trainingSet(samples, { normalize: false });
      const found = principalComponents(rows, dimensions, components);
      const space = faceSpace(found, whiten);
      const coordinates = intoFaceSpace(space);
      const model = await svm.fit(
        samples.map(({ embedding, label }) => ({ embedding: coordinates(embedding), label })),
        random,
      );
      const variance = found.explainedVarianceRatio.reduce((sum, share) => sum + share, 0);
      return eigenfacesModel(space, model, {
        components: found.explainedVariance.length,
        variance,
        ...model.chosen,
      });
    },
    // The eigenvectors take nearly all of it; measured with 300 x 1,024 to 3,000 x 1,600 numbers.
    estimateSeconds: ({ samples, dimensions }) => 6 * (Math.min(samples, dimensions) / 1000) ** 3,
  };
}

function faceSpace({ mean, components, explainedVariance }: PrincipalComponents, whiten: boolean): FaceSpace {
  // Faces that are all the same lie in one point; they still need a coordinate.
  if (components.length === 0) return { mean, basis: new Float64Array(mean.length) };
  const deviation = (i: number): number =>
    whiten ? Math.sqrt(explainedVariance[Math.floor(i / mean.length)] as number) : 1;
  return { mean, basis: components.map((value, i) => value / deviation(i)) };
}
