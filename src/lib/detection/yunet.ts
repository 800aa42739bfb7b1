import { requireNumber } from "../errors.js";
import { loadModelFiles } from "../inference/find-model.js";
import { modelEntry } from "../inference/model-registry.js";
import { type FloatTensor, type OnnxOptions, onnxSession } from "../inference/onnx-session.js";
import type { Detector, RgbImage } from "../types.js";
import { decodeYunet, type YunetGrid } from "./yunet-decoding.js";

const STRIDES = [8, 16, 32] as const;
const LARGEST_STRIDE = 32;

export interface YunetOptions extends Pick<OnnxOptions, "engine" | "threads"> {
  /** Faces must score at least this, in (0, 1]. @default 0.6, as in OpenCV's model zoo */
  readonly minScore?: number;
  /** Of two boxes that overlap more than this (IoU) the better one stays, in (0, 1]. @default 0.3, as there */
  readonly maxOverlap?: number;
}

/**
 * YuNet, with its five landmarks. Wu et al.: YuNet, a tiny millisecond-level face detector, 2023; the network of libfacedetection for any
 * size, run by ONNX Runtime. It sees the photo as it is: faces of about 10 to 300 pixels are what it was trained for.
 * @throws InputError on an option out of range, and where its file is missing or another one (`facelab models fetch yunet`).
 */
export async function yunet({
  minScore = 0.6,
  maxOverlap = 0.3,
  threads = 1,
  engine,
}: YunetOptions = {}): Promise<Detector> {
  requireNumber("minScore", minScore, 0, 1);
  requireNumber("maxOverlap", maxOverlap, 0, 1);
  const { licence } = modelEntry("yunet");
  const [file] = await loadModelFiles("yunet");
  if (file === undefined) throw new Error("yunet has no file in the registry");
  const session = await onnxSession(file.bytes, { engine, threads });
  return {
    name: "yunet",
    params: { minScore, maxOverlap },
    models: [
      {
        name: "YuNet",
        source: file.path,
        sha256: file.sha256,
        engine: session.engine,
        licence,
        inputs: ["1 x 3 x height x width (BGR), both multiples of 32"],
        outputs: STRIDES.map(
          (stride) => `stride ${stride}: face, objectness, box, five landmarks of every cell`,
        ),
      },
    ],
    async detect(image) {
      const input = bgrPlanes(image);
      const outputs = await session.run({ input });
      const take = (name: string): Float32Array => {
        const tensor = outputs[name];
        if (tensor === undefined) throw new Error(`YuNet has no output ${name}`);
        return tensor.data;
      };
      const width = input.dims[3] as number;
      const grids = STRIDES.map(
        (stride): YunetGrid => ({
          stride,
          columns: width / stride,
          face: take(`cls_${stride}`),
          objectness: take(`obj_${stride}`),
          boxes: take(`bbox_${stride}`),
          points: take(`kps_${stride}`),
        }),
      );
      return decodeYunet(grids, minScore, maxOverlap);
    },
  };
}

/** The photo as planes of blue, green and red, 0..255, with black at the right and the bottom up to whole cells. */
function bgrPlanes({ width, height, data }: RgbImage): FloatTensor {
  const [columns, rows] = [width, height].map(
    (side) => Math.ceil(side / LARGEST_STRIDE) * LARGEST_STRIDE,
  ) as [number, number];
  const plane = columns * rows;
  const planes = new Float32Array(3 * plane);
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = y * width * 3, to = y * columns; x < width; x++, from += 3, to++) {
      planes[to] = data[from + 2] as number;
      planes[plane + to] = data[from + 1] as number;
      planes[2 * plane + to] = data[from] as number;
    }
  }
  return { dims: [1, 3, rows, columns], data: planes };
}
