import { mkdir, readFile, writeFile } from "node:fs/promises";
import { InputError, loadModelFiles, onnxSession, yunet } from "facelab";
import { afterEach, describe, expect, it, vi } from "vitest";
import { decodeYunet, type YunetGrid } from "../../src/lib/dist/detection/yunet-decoding.js";
import { samplePhoto } from "../support/sample-photos.js";
import { itWithShared } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What OpenCV's FaceDetectorYN finds: test/reference/detection/yunet.py. */
interface Reference {
  readonly photo: string;
  readonly left: number;
  readonly top: number;
  readonly minScore: number;
  readonly maxOverlap: number;
  /** x, y, width, height; five points; score. */
  readonly faces: readonly number[][];
}

const SIDE = 640;
const path = new URL("../reference/detection/yunet.json", import.meta.url);
const reference: readonly Reference[] = JSON.parse(await readFile(path, "utf8"));

/** A grid of 2 x 2 cells, 8 pixels apart, with a face in the cell at the lower right. */
const grid: YunetGrid = {
  stride: 8,
  columns: 2,
  face: Float32Array.of(0.1, 0, 0, 0.81),
  objectness: Float32Array.of(0.1, 1, 0, 1.2),
  boxes: Float32Array.from([...Array(12).fill(0), 0.5, 0.25, Math.log(2), Math.log(3)]),
  points: Float32Array.from([...Array(30).fill(0), 0, 0, 1, 0, 0.5, 0.5, 0, 1, 1, 1]),
};

describe("decodeYunet", () => {
  it("reads boxes and points in strides from their cell", () => {
    const found = decodeYunet([grid], 0.6, 0.3);
    expect(found).toHaveLength(1);
    const { box, score, landmarks } = found[0]!;
    expect(score).toBeCloseTo(0.9, 6);
    expect(box.x).toBeCloseTo(12 - 8, 5);
    expect(box.y).toBeCloseTo(10 - 12, 5);
    expect(box.width).toBeCloseTo(16, 5);
    expect(box.height).toBeCloseTo(24, 5);
    expect(landmarks).toEqual([
      { x: 8, y: 8 },
      { x: 16, y: 8 },
      { x: 12, y: 12 },
      { x: 8, y: 16 },
      { x: 16, y: 16 },
    ]);
  });

  it("leaves out what scores less, and all but the best of those that overlap", () => {
    expect(decodeYunet([grid], 0.91, 0.3)).toEqual([]);
    const weaker = { ...grid, face: grid.face.map((value) => 0.9 * value) };
    expect(decodeYunet([weaker, grid], 0.6, 0.3).map(({ score }) => score)).toEqual([expect.closeTo(0.9, 6)]);
    expect(decodeYunet([weaker, grid], 0.6, 1)).toHaveLength(2);
  });
});

describe("YuNet beside OpenCV", () => {
  itWithShared("models/yunet/yunet_s_640_640.onnx")(
    "finds the same faces, boxes, points and scores in the network that OpenCV's zoo has",
    async () => {
      const [file] = await loadModelFiles("yunet-640");
      const session = await onnxSession(file!.bytes, { threads: 1 });
      for (const { photo, left, top, minScore, maxOverlap, faces } of reference) {
        const { width, data } = await samplePhoto(photo);
        const planes = new Float32Array(3 * SIDE * SIDE);
        for (let y = 0; y < SIDE; y++) {
          for (let x = 0; x < SIDE; x++) {
            const from = ((top + y) * width + left + x) * 3;
            for (const colour of [0, 1, 2]) {
              planes[(2 - colour) * SIDE * SIDE + y * SIDE + x] = data[from + colour]!;
            }
          }
        }
        const outputs = await session.run({
          [session.inputs[0]!.name]: { dims: [1, 3, SIDE, SIDE], data: planes },
        });
        const grids = [8, 16, 32].map(
          (stride): YunetGrid => ({
            stride,
            columns: SIDE / stride,
            face: outputs[`cls_${stride}`]!.data,
            objectness: outputs[`obj_${stride}`]!.data,
            boxes: outputs[`bbox_${stride}`]!.data,
            points: outputs[`kps_${stride}`]!.data,
          }),
        );
        const found = decodeYunet(grids, minScore, maxOverlap);
        expect(found, photo).toHaveLength(faces.length);
        found.forEach(({ box, landmarks, score }, i) => {
          const own = [box.x, box.y, box.width, box.height, ...landmarks.flatMap(({ x, y }) => [x, y])];
          for (const [k, value] of own.entries()) {
            expect(Math.abs(value - faces[i]![k]!), `${photo} ${i} ${k}`).toBeLessThan(0.5);
          }
          expect(Math.abs(score - faces[i]![14]!)).toBeLessThan(0.005);
        });
      }
      expect(reference.flatMap(({ faces }) => faces).length).toBeGreaterThanOrEqual(4);
    },
  );
});

describe("yunet", () => {
  it.each([
    [{ minScore: 0 }, "invalid minScore: 0"],
    [{ minScore: 1.1 }, "invalid minScore: 1.1"],
    [{ maxOverlap: Number.NaN }, "invalid maxOverlap: NaN"],
  ])("refuses %o", async (options, message) => {
    await expect(yunet(options)).rejects.toThrow(message);
  });

  itWithShared("models/yunet/yunet_n_dynamic.onnx")("refuses a file that is another one", async () => {
    const folder = await temporaryFolder();
    await mkdir(`${folder}/yunet`);
    await writeFile(`${folder}/yunet/yunet_n_dynamic.onnx`, "something else");
    vi.stubEnv("FACELAB_MODELS", folder);
    const error = await yunet().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(/^wrong file: .*yunet_n_dynamic\.onnx has sha256 /);
  });
});
