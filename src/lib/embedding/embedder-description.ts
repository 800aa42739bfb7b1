import { readFile } from "node:fs/promises";
import { z } from "zod";
import { InputError } from "../errors.js";

/** One number for all of red, green and blue, or one for each, in this order whatever `colour` says. */
export type PerColour = number | readonly [number, number, number];

/** What an ONNX file does not say of itself: how a face must be cut out and which numbers the network wants. */
export interface EmbedderDescription {
  /** What tables call it. @default the file's name without `.onnx` */
  readonly name?: string;
  readonly input: {
    /** Width and height in pixels. */
    readonly size: number;
    /** Planes of colours (`NCHW`, PyTorch), or colours beside each other (`NHWC`, TensorFlow). */
    readonly layout: "NCHW" | "NHWC";
    readonly colour: "RGB" | "BGR";
    /** The network sees (pixel - mean) / scale, pixels being 0..255. `chip`: the mean of all values of the chip. */
    readonly mean: PerColour | "chip";
    /** Not 0. `chip`: the standard deviation of all values of the chip, as in FaceNet's prewhitening. */
    readonly scale: PerColour | "chip";
  };
  /**
   * How faces are cut out: by `dlib`'s mean face shape, by `arcface`'s five points (InsightFace's), or by five points of your own, in
   * pixels of the input: eyes, tip of the nose, corners of the mouth, from the viewer's left to right.
   */
  readonly alignment: "dlib" | "arcface" | { readonly landmarks: readonly (readonly [number, number])[] };
  /** Scale the vectors to length 1. */
  readonly normalise: boolean;
  /** Which output is the embedding; needed where there are several. */
  readonly output?: string;
  readonly licence?: string;
}

const perColour = (value: z.ZodNumber): z.ZodType<PerColour | "chip"> =>
  z.union([value, z.tuple([value, value, value]), z.literal("chip")]);
const point = z.tuple([z.number(), z.number()]);

/** Everything that changes a number must be written down: there are no defaults to be wrong about, and no unknown keys. */
const schema = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.-]+$/, "must be letters, digits, . _ or -")
    .optional(),
  input: z.strictObject({
    size: z.int().min(8).max(1024),
    layout: z.enum(["NCHW", "NHWC"]),
    colour: z.enum(["RGB", "BGR"]),
    mean: perColour(z.number()),
    scale: perColour(z.number().refine((value) => value !== 0, "must not be 0")),
  }),
  alignment: z.union(
    [z.enum(["dlib", "arcface"]), z.strictObject({ landmarks: z.array(point).length(5) })],
    'must be "dlib", "arcface" or { "landmarks": [[x, y], five of them] }',
  ),
  normalise: z.boolean(),
  output: z.string().optional(),
  licence: z.string().optional(),
});

/**
 * Checks a description, as it comes out of JSON.
 * @param where what messages call it.
 * @throws InputError that names every field that is missing, unknown or wrong.
 */
export function requireEmbedderDescription(value: unknown, where: string): EmbedderDescription {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const problems = error.issues.map(({ path, message }) =>
    [path.join("."), message].filter(Boolean).join(": "),
  );
  throw new InputError(
    `invalid description of an embedder: ${where} (${problems.join("; ")}; the README shows one)`,
  );
}

/** Where the description of an ONNX file is: beside it, with `.json` in place of `.onnx`. */
export function descriptionPath(model: string): string {
  return `${model.replace(/\.onnx$/i, "")}.json`;
}

/**
 * Reads a description.
 * @throws InputError where there is none, where it is no JSON, or as {@link requireEmbedderDescription}.
 */
export async function readEmbedderDescription(path: string): Promise<EmbedderDescription> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    throw new InputError(
      `no description of the embedder: ${path} (write one beside the .onnx file: input, alignment, normalise; the README shows it)`,
      { cause },
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`invalid description of an embedder: ${path} (${(cause as Error).message})`, {
      cause,
    });
  }
  return requireEmbedderDescription(value, path);
}
