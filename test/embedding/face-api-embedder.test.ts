import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { faceApiEmbedder } from "../../src/lib/dist/embedding/face-api-embedder.js";
import { InputError } from "../../src/lib/dist/errors.js";
import type { Aligner, RgbImage } from "../../src/lib/dist/types.js";

const require = createRequire(new URL("../../src/lib/dist/index.js", import.meta.url));
const demo = join(dirname(require.resolve("@vladmandic/face-api/package.json")), "demo");

/** The first face of sample1.jpg, seen as it is or in a mirror. */
async function face(mirrored: boolean): Promise<RgbImage> {
  const photo = sharp(join(demo, "sample1.jpg")).extract({ left: 353, top: 325, width: 300, height: 300 });
  const small = photo.resize(150, 150).removeAlpha();
  const data = await (mirrored ? small.flop() : small).raw().toBuffer();
  return { width: 150, height: 150, data };
}

function alignerOf(size: number): Aligner {
  return {
    name: "none",
    size,
    params: {},
    align: () => {
      throw new Error("the embedder must not align");
    },
  };
}

function distance(a: Float32Array, b: Float32Array): number {
  return Math.hypot(...a.map((value, i) => value - b[i]!));
}

describe("faceApiEmbedder", () => {
  const aligner = alignerOf(150);
  let chip: RgbImage;
  let mirrored: RgbImage;
  beforeAll(async () => {
    chip = await face(false);
    mirrored = await face(true);
  });

  it("names itself, its aligner and its weights", async () => {
    const embedder = await faceApiEmbedder({ aligner, mirror: false });
    expect(embedder.name).toBe("dlib");
    expect(embedder.dimensions).toBe(128);
    expect(embedder.aligner).toBe(aligner);
    expect(embedder.params).toEqual({ mirror: false });
    expect(embedder.models).toHaveLength(1);
    expect(embedder.models[0]!.source).toMatch(/\/face_recognition_model\.bin$/);
    expect((await faceApiEmbedder({ aligner })).params).toEqual({ mirror: true });
  });

  it("takes the mean of a chip's descriptor and its mirror image's", async () => {
    const single = await faceApiEmbedder({ aligner, mirror: false });
    const both = await faceApiEmbedder({ aligner });
    const [plain, flipped] = await single.embed([chip, mirrored]);
    expect(distance(plain!, flipped!)).toBeGreaterThan(0.05);
    const mean = plain!.map((value, i) => (value + flipped![i]!) / 2);
    const [a, b] = await both.embed([chip, mirrored]);
    expect(a).toBeInstanceOf(Float32Array);
    expect(a).toHaveLength(128);
    expect(distance(a!, mean)).toBeLessThan(1e-4);
    expect(distance(b!, mean)).toBeLessThan(1e-4);
  });

  it("embeds nothing as nothing", async () => {
    expect(await (await faceApiEmbedder({ aligner })).embed([])).toEqual([]);
  });

  it("refuses chips of another size, and an aligner that makes them", async () => {
    const small = { width: 112, height: 112, data: new Uint8Array(112 * 112 * 3) };
    for (const mirror of [true, false]) {
      const embedder = await faceApiEmbedder({ aligner, mirror });
      await expect(embedder.embed([chip, small])).rejects.toThrow(InputError);
    }
    await expect(faceApiEmbedder({ aligner: alignerOf(112) })).rejects.toThrow(
      new InputError("aligner none cuts chips of 112 pixels (dlib needs 150)"),
    );
  });
});
