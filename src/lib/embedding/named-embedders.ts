import type { EmbedderDescription } from "./embedder-description.js";

/** Networks of the model registry that can embed faces, by their names there. */
export const namedEmbedders: Readonly<Record<string, EmbedderDescription>> = {
  mobilefacenet: {
    name: "mobilefacenet",
    input: { size: 112, layout: "NCHW", colour: "RGB", mean: 127.5, scale: 127.5 },
    alignment: "arcface",
    normalise: true,
    licence: "Apache-2.0",
  },
};
