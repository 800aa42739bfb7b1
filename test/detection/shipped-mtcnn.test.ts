import { createHash } from "node:crypto";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Detection,
  decodeImage,
  InputError,
  type Landmarks5,
  landmarkError,
  matchBoxes,
  mtcnn,
  type RgbImage,
  shippedMtcnnWeights,
} from "facelab";
import { describe, expect, it } from "vitest";
import { readTfjsWeights } from "../../src/lib/dist/inference/tfjs-weights.js";
import { sampleNames, samplePath } from "../support/sample-photos.js";
import { itWithShared, mtcnnManifest, mtcnnShard, sharedPath } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const recipe = fileURLToPath(new URL("../../src/experiments/train-mtcnn/", import.meta.url));
const binary = "mtcnn-facelab.bin";

interface Manifest {
  readonly sha256: string;
  readonly recipe: { readonly tree: string };
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

async function manifest(): Promise<Manifest> {
  return (JSON.parse(await readFile(shippedMtcnnWeights, "utf8")) as Manifest[])[0]!;
}

/** git's name for a folder of plain files: the sha1 of its tree object, which lists each file's mode, name and blob. */
async function gitTree(folder: string): Promise<string> {
  const sha1 = (kind: string, data: Buffer): Buffer =>
    createHash("sha1").update(`${kind} ${data.length}\0`).update(data).digest();
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== "__pycache__");
  expect(folders, "the recipe is one folder of files").toEqual([]);
  const listed = await Promise.all(
    names.sort().map(async (name) => {
      const blob = sha1("blob", await readFile(join(folder, name)));
      return Buffer.concat([Buffer.from(`100644 ${name}\0`), blob]);
    }),
  );
  return sha1("tree", Buffer.concat(listed)).toString("hex");
}

describe("MTCNN's weights that ship", () => {
  it("are what the recipe beside them made", async () => {
    expect((await manifest()).recipe.tree).toBe(await gitTree(recipe));
  });

  it("are refused where a byte is wrong, with their name and both hashes", async () => {
    const folder = await temporaryFolder();
    await cp(dirname(shippedMtcnnWeights), folder, { recursive: true });
    const bytes = await readFile(join(folder, binary));
    bytes[1000]! ^= 1;
    await writeFile(join(folder, binary), bytes);
    const weights = join(folder, "mtcnn-facelab-weights_manifest.json");
    const found = createHash("sha256").update(bytes).digest("hex");
    await expect(mtcnn({ weights })).rejects.toThrow(
      new InputError(
        `weights file ${join(folder, binary)} is damaged: its sha256 is ${found} ` +
          `(its manifest says ${(await manifest()).sha256}; get both files anew)`,
      ),
    );
  });

  it("find the faces of the sample photos", async () => {
    const detector = await mtcnn({ weights: shippedMtcnnWeights });
    const faces = await detector.detect(await decodeImage(samplePath("sample6.jpg")));
    expect(faces.length).toBeGreaterThanOrEqual(4);
    for (const { landmarks, score } of faces) {
      const [leftEye, rightEye, nose, leftMouth, rightMouth] = landmarks;
      expect(leftEye.x).toBeLessThan(rightEye.x);
      expect(leftMouth.x).toBeLessThan(rightMouth.x);
      expect(nose.y).toBeGreaterThan(Math.min(leftEye.y, rightEye.y));
      expect(leftMouth.y).toBeGreaterThan(leftEye.y);
      expect(score).toBeGreaterThan(0.7);
    }
  });

  it("look at each face again, mirrored, for its landmarks only", async () => {
    const [again, once] = [await mtcnn(), await mtcnn({ secondLook: false })];
    expect(again.params).toEqual({
      minFaceSize: 20,
      scaleFactor: 0.709,
      thresholds: [0.6, 0.7, 0.7],
      suppression: "boxes",
      overlap: 0.8,
      secondLook: true,
    });
    expect(once.params).toEqual({ ...again.params, secondLook: false });
    const asymmetry = { again: 0, once: 0 };
    for (const name of sampleNames) {
      const photo = await decodeImage(samplePath(name));
      const faces = { again: await again.detect(photo), once: await once.detect(photo) };
      const bare = (found: readonly Detection[]) => found.map(({ box, score }) => ({ box, score }));
      expect(bare(faces.again)).toEqual(bare(faces.once));
      // Whoever sees the mirror image should put the points where they were: that nearly holds, and is what a second look is for.
      for (const [looks, detector] of [
        ["again", again],
        ["once", once],
      ] as const) {
        const there = await detector.detect(mirrored(photo));
        const back = there.map((face) => ({ ...face, ...turnedBack(face, photo.width) }));
        const pairs = matchBoxes(
          faces[looks].map(({ box }) => box),
          back.map(({ box }) => box),
          0.5,
        );
        expect(pairs.length).toBe(faces[looks].length);
        for (const { first, second } of pairs)
          asymmetry[looks] +=
            landmarkError(faces[looks][first]!.landmarks, back[second]!.landmarks) / pairs.length;
      }
    }
    const [withIt, without] = [asymmetry.again / sampleNames.length, asymmetry.once / sampleNames.length];
    console.info(`landmarks of a photo and of its mirror image: ${withIt} apart, ${without} with one look`);
    // Points taken for their mirror images, or turned about another line, would be farther apart than with one look.
    expect(withIt).toBeLessThan(0.03);
    expect(withIt).toBeLessThan(0.8 * without);
  });

  // From random initialisation: were they a copy, or trained on from the published ones, filters would be alike.
  itWithShared(mtcnnManifest, mtcnnShard)("have other filters than the published ones", async () => {
    const own = await readTfjsWeights(shippedMtcnnWeights);
    const published = await readTfjsWeights(sharedPath(mtcnnManifest));
    const matches: number[] = [];
    for (const { name, shape } of (await manifest()).weights) {
      if (!name.endsWith("/weights")) continue;
      const outputs = shape.at(-1)!;
      const ours = filters(own.get(name, shape).data, outputs);
      const theirs = published.get(name, shape).data;
      const match = meanOfBestMatches(ours, filters(theirs, outputs));
      matches.push(match);
      if (shape.length < 4 || shape[0] === 1) continue;
      // What any edges and colours have in common: filters of the first layers are 27 smooth numbers. Turned ones are nobody's copy.
      const chance = meanOfBestMatches(ours, filters(turned(theirs, shape), outputs));
      expect(match, name).toBeLessThan(chance + 0.05);
    }
    expect(matches.length).toBe(19);
    expect(matches.reduce((sum, match) => sum + match, 0) / matches.length).toBeLessThan(0.5);
  });
});

function mirrored({ width, height, data }: RgbImage): RgbImage {
  const turned = new Uint8Array(data.length);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = pixel - (pixel % width) + width - 1 - (pixel % width);
    turned.set(data.subarray(3 * from, 3 * from + 3), 3 * pixel);
  }
  return { width, height, data: turned };
}

/** A face of a mirrored photo, where it is in the photo. */
function turnedBack({ box, landmarks }: Detection, width: number): Pick<Detection, "box" | "landmarks"> {
  const [a, b, nose, c, d] = landmarks.map(({ x, y }) => ({ x: width - x, y })) as unknown as Landmarks5;
  return { box: { ...box, x: width - box.x - box.width }, landmarks: [b, a, nose, d, c] };
}

/** Kernels turned by 180 degrees. */
function turned(data: Float32Array, [width, height, inputs, outputs]: readonly number[]): Float32Array {
  const channels = inputs! * outputs!;
  const cells = width! * height!;
  return data.map((_, i) => data[(cells - 1 - Math.floor(i / channels)) * channels + (i % channels)]!);
}

/** Each output channel's numbers, less their mean, at unit length. */
function filters(data: Float32Array, outputs: number): Float64Array[] {
  return Array.from({ length: outputs }, (_, out) => {
    const values = Float64Array.from({ length: data.length / outputs }, (_, i) => data[i * outputs + out]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const length = Math.hypot(...values.map((value) => value - mean));
    return values.map((value) => (value - mean) / length);
  });
}

/** Pairs filters one to one, the most alike first, and returns their mean correlation, whatever its sign. */
function meanOfBestMatches(ours: readonly Float64Array[], theirs: readonly Float64Array[]): number {
  const pairs = ours
    .flatMap((a, i) =>
      theirs.map((b, j) => ({ i, j, alike: Math.abs(a.reduce((sum, value, k) => sum + value * b[k]!, 0)) })),
    )
    .sort((a, b) => b.alike - a.alike);
  const taken = { i: new Set<number>(), j: new Set<number>() };
  let sum = 0;
  for (const { i, j, alike } of pairs) {
    if (taken.i.has(i) || taken.j.has(j)) continue;
    taken.i.add(i);
    taken.j.add(j);
    sum += alike;
  }
  return sum / ours.length;
}
