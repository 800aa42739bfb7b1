import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/lib/dist/errors.js";
import { loadFaceApi } from "../../src/lib/dist/inference/face-api.js";
import type { RgbImage } from "../../src/lib/dist/types.js";

const require = createRequire(new URL("../../src/lib/dist/index.js", import.meta.url));
const inference = fileURLToPath(new URL("../../src/lib/dist/inference/", import.meta.url));
const packageFolder = dirname(require.resolve("@vladmandic/face-api/package.json"));

async function sample(name: string): Promise<RgbImage> {
  const { data, info } = await sharp(join(packageFolder, "demo", name))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** 150 x 150 pixels from (left, top), every second one: no filter that a version of sharp could change. */
function chipAt(image: RgbImage, left: number, top: number): RgbImage {
  const data = new Uint8Array(150 * 150 * 3);
  for (let y = 0; y < 150; y++) {
    for (let x = 0; x < 150; x++) {
      const from = ((top + 2 * y) * image.width + left + 2 * x) * 3;
      data.set(image.data.subarray(from, from + 3), (y * 150 + x) * 3);
    }
  }
  return { width: 150, height: 150, data };
}

function redAndBlueSwapped({ width, height, data }: RgbImage): RgbImage {
  const order = [2, 0, -2];
  return { width, height, data: data.map((_, i) => data[i + order[i % 3]!]!) };
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.hypot(...Array.from(a, (value, i) => value - b[i]!));
}

/**
 * Python dlib 20.0's compute_face_descriptor on chipAt(sample1.jpg, 353, 325), with the weights as dlib publishes
 * them (float32, dlib_face_recognition_resnet_model_v1.dat). It takes RGB.
 */
const dlibDescriptor = [
  -0.0426, 0.0232, 0.0829, 0.0031, -0.0723, -0.0397, -0.0699, -0.1052, 0.1424, -0.0515, 0.1498, -0.0686,
  -0.2518, 0.0651, -0.0424, 0.1739, -0.117, -0.1031, -0.1118, -0.0145, 0.0199, 0.0548, 0.01, 0.0082, -0.1088,
  -0.3167, -0.1216, -0.1287, 0.0197, -0.0513, -0.0104, 0.0641, -0.0685, 0.0282, 0.1094, 0.0534, 0.0006,
  -0.0923, 0.1673, -0.0259, -0.3168, -0.0688, 0.1137, 0.2066, 0.2435, 0.0241, 0.0282, -0.1031, 0.0853,
  -0.2536, 0.007, 0.1118, 0.113, 0.1073, 0.1198, -0.2148, 0.0173, 0.0835, -0.1583, 0.005, 0.0678, -0.0603,
  0.0129, -0.0689, 0.2177, 0.0648, -0.1829, -0.1154, 0.1768, -0.2008, 0.0043, 0.1156, -0.1538, -0.2156,
  -0.2682, -0.0693, 0.4468, 0.1284, -0.1715, 0.0382, -0.055, -0.0189, 0.0099, 0.1517, 0.0071, 0.0214, -0.0408,
  -0.0153, 0.2264, -0.1213, 0.0566, 0.1822, -0.0629, 0.0197, -0.0499, 0.0838, -0.0884, -0.0161, -0.0825,
  -0.0256, -0.0331, -0.0174, 0.0517, 0.1084, -0.1802, 0.1668, 0.0132, -0.0107, 0.0009, 0.0104, 0.0084,
  -0.0182, 0.2109, -0.2577, 0.1564, 0.1698, -0.002, 0.1008, -0.0304, 0.1106, -0.0185, -0.0368, -0.1972,
  -0.0404, -0.0274, -0.0781, -0.0436, 0.013,
];

describe("the networks", () => {
  let image: RgbImage;
  let chip: RgbImage;
  beforeAll(async () => {
    image = await sample("sample1.jpg");
    chip = chipAt(image, 353, 325);
  });

  it("are loaded once, however many ask at a time", async () => {
    const [first, second] = await Promise.all([loadFaceApi(), loadFaceApi()]);
    expect(second).toBe(first);
    expect(await loadFaceApi()).toBe(first);
  });

  it("give dlib's descriptor of an RGB chip", async () => {
    const { descriptor } = await loadFaceApi();
    const [rgb, bgr] = await descriptor([chip, redAndBlueSwapped(chip)]);
    expect(rgb).toHaveLength(128);
    // 0.035 is what the 8-bit weights cost; the wrong order of colours costs 0.138.
    expect(distance(rgb!, dlibDescriptor)).toBeLessThan(0.05);
    expect(distance(bgr!, dlibDescriptor)).toBeGreaterThan(0.1);
  });

  it("give the same descriptor alone as among others, in order", async () => {
    const { descriptor } = await loadFaceApi();
    const chips = Array.from({ length: 9 }, (_, i) => chipAt(image, 353 + 100 * i, 325));
    const together = await descriptor(chips);
    expect(together).toHaveLength(9);
    for (const i of [0, 7, 8]) {
      const [alone] = await descriptor([chips[i]!]);
      expect(distance(alone!, together[i]!)).toBeLessThan(1e-4);
      expect(distance(alone!, together[(i + 1) % 9]!)).toBeGreaterThan(0.1);
    }
  });

  it("see the photo as RGB", async () => {
    const { detectSsd } = await loadFaceApi();
    const rgb = await detectSsd(image, 0.5, 100);
    const bgr = await detectSsd(redAndBlueSwapped(image), 0.5, 100);
    expect(rgb).toHaveLength(3);
    expect(rgb.at(-1)!.score).toBeGreaterThan(0.98);
    expect(bgr.at(-1)!.score).toBeLessThan(0.6);
  });

  it("find 68 points in each box, in the boxes' order", async () => {
    const { landmarks68 } = await loadFaceApi();
    const boxes = [
      { x: 782.3, y: 406.8, width: 200, height: 220 },
      { x: 353.5, y: 377.2, width: 210, height: 210 },
    ];
    const faces = await landmarks68(image, boxes);
    expect(faces.map((points) => points.length)).toEqual([68, 68]);
    for (const [i, points] of faces.entries()) {
      const { x, y, width, height } = boxes[i]!;
      expect(points[30]!.x).toBeGreaterThan(x + 0.2 * width);
      expect(points[30]!.x).toBeLessThan(x + 0.8 * width);
      expect(points[30]!.y).toBeGreaterThan(y + 0.2 * height);
      expect(points[30]!.y).toBeLessThan(y + 0.8 * height);
    }
  });

  it("take a box that reaches over the border for its part inside", async () => {
    const { landmarks68 } = await loadFaceApi();
    const reaching = { x: -50, y: -30, width: 650, height: 640 };
    const inside = { x: 0, y: 0, width: 600, height: 610 };
    const [a, b] = await landmarks68(image, [reaching, inside]);
    expect(a).toEqual(b);
  });

  it("answer nothing with nothing", async () => {
    const { descriptor, landmarks68 } = await loadFaceApi();
    expect(await descriptor([])).toEqual([]);
    expect(await landmarks68(image, [])).toEqual([]);
  });

  it("refuse what they would have to guess about", async () => {
    const { descriptor, detectSsd, landmarks68 } = await loadFaceApi();
    const small = { width: 112, height: 150, data: new Uint8Array(112 * 150 * 3) };
    await expect(descriptor([chip, small])).rejects.toThrow(
      new InputError("invalid chip size: 112 x 150 (must be 150 x 150)"),
    );
    await expect(detectSsd({ width: 0, height: 4, data: new Uint8Array(0) }, 0.5, 1)).rejects.toThrow(
      InputError,
    );
    const outside = { x: image.width, y: 0, width: 50, height: 50 };
    await expect(landmarks68(image, [outside])).rejects.toThrow(InputError);
  });

  it("leave no tensor behind, not even after an error", async () => {
    const { descriptor, detectSsd, detectTiny, imageFeatures, landmarks68, look, tensorCount } =
      await loadFaceApi();
    const broken = { width: 150, height: 150, data: new Uint8Array(5) };
    const all = async () => {
      const found = await detectSsd(image, 0.5, 100);
      expect(await detectTiny(image, 416, 0.5)).toHaveLength(3);
      const boxes = found.map(({ box }) => box);
      await landmarks68(image, boxes);
      expect(await look(image, boxes)).toHaveLength(3);
      expect(await imageFeatures([chip, chip])).toHaveLength(2);
      await descriptor([chip, chip]);
      await expect(look(image, [{ x: -9, y: 0, width: 5, height: 5 }])).rejects.toThrow(InputError);
      await expect(imageFeatures([broken])).rejects.toThrow(InputError);
      await expect(descriptor([chip, broken])).rejects.toThrow();
    };
    await all();
    const before = tensorCount();
    expect(before).toBeGreaterThan(410); // the six networks' weights, none of which is gone
    await all();
    expect(tensorCount()).toBe(before);
  });

  it("say which weights they are", async () => {
    const { card, engine } = await loadFaceApi();
    const { version } = require("@vladmandic/face-api/package.json");
    const files = {
      ssd: "ssd_mobilenetv1_model.bin",
      tiny: "tiny_face_detector_model.bin",
      landmarks68: "face_landmark_68_model.bin",
      descriptor: "face_recognition_model.bin",
      age: "age_gender_model.bin",
      expression: "face_expression_model.bin",
    } as const;
    for (const net of ["ssd", "tiny", "landmarks68", "descriptor", "age", "expression"] as const) {
      const { source, sha256, engine: cardEngine } = await card(net);
      expect(source).toBe(`npm:@vladmandic/face-api@${version}/model/${files[net]}`);
      const bytes = await readFile(join(packageFolder, "model", files[net]));
      expect(sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
      expect(cardEngine).toBe(engine);
    }
  });
});

async function runNode(folder: string, code: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: folder,
  });
  return stdout.trim();
}

it("loads nothing heavy at import", async () => {
  const url = new URL("../../src/lib/dist/inference/face-api.js", import.meta.url).href;
  const code = `await import(${JSON.stringify(url)});
    const { createRequire } = await import("node:module");
    console.log(JSON.stringify(Object.keys(createRequire(${JSON.stringify(url)}).cache)));`;
  expect(await runNode(inference, code)).toBe("[]");
});

describe("the engine", () => {
  const real = (name: string) => dirname(require.resolve(`${name}/package.json`));
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "facelab-tfjs-"));
    await cp(join(inference, "tfjs-backend.js"), join(folder, "tfjs-backend.mjs"));
    await mkdir(join(folder, "node_modules/@tensorflow"), { recursive: true });
    for (const name of ["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"]) {
      await symlink(real(name), join(folder, "node_modules", name), "junction");
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** What loadTfjs chooses, and what it then computes, beside a package tfjs-node of that name and code. */
  async function choice(name?: string, code = ""): Promise<string[]> {
    const place = join(folder, "node_modules/@tensorflow/tfjs-node");
    await rm(place, { recursive: true, force: true });
    if (name !== undefined) {
      await mkdir(place);
      await writeFile(
        join(place, "package.json"),
        JSON.stringify({ name, version: "4.22.0", main: "index.js" }),
      );
      await writeFile(join(place, "index.js"), code);
    }
    const output = await runNode(
      folder,
      `const { loadTfjs } = await import("./tfjs-backend.mjs");
       const { engine, nativeReason, tf } = await loadTfjs();
       const [sum] = tf.tensor1d([20, 22]).sum().dataSync();
       console.log(JSON.stringify([engine, nativeReason, tf.getBackend(), String(sum)]));`,
    );
    return JSON.parse(output);
  }

  const register = `const tf = require("@tensorflow/tfjs");
    tf.registerBackend("tensorflow", tf.findBackendFactory("cpu"), 3);`;
  const kernels = `for (const kernel of tf.getKernelsForBackend("cpu")) {
      tf.registerKernel({ ...kernel, backendName: "tensorflow" });
    }
    module.exports = tf;`;

  it("is native where the addon computes", async () => {
    expect(await choice("@tensorflow/tfjs-node", register + kernels)).toEqual([
      "tfjs-node",
      "@tensorflow/tfjs-node 4.22.0 loads",
      "tensorflow",
      "42",
    ]);
  });

  it.each([
    ["is not installed", undefined, ""],
    [
      "is not installed (only @tensorflow/tfjs under its name)",
      "@tensorflow/tfjs",
      "throw new Error('loaded')",
    ],
    [
      "4.22.0 does not work here: no libtensorflow",
      "@tensorflow/tfjs-node",
      "throw new Error('no libtensorflow\\nmore')",
    ],
    ["4.22.0 does not work here: Kernel", "@tensorflow/tfjs-node", `${register} module.exports = tf;`],
  ])("is WebAssembly where tfjs-node %s", async (why, name, code) => {
    const [engine, reason, backend, sum] = await choice(name, code);
    expect([engine, backend, sum]).toEqual(["tfjs-wasm", "wasm", "42"]);
    expect(reason).toContain(`@tensorflow/tfjs-node ${why}`);
  });
});
