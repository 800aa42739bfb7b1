import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError, type RgbImage, samplePhotoPaths, writePng } from "facelab";
import { inCheckout } from "../paths.js";
import type { Task } from "./classification.js";
import type { Measured } from "./measure.js";
import type { Material } from "./sample-material.js";

/** What others took, by the comparison that they belong to. */
export type Peers = (group: string) => Measured[];

/**
 * Times face_recognition, facenet-pytorch, mtcnn and scikit-learn on the same photos and rows; see peers.py.
 * @param python one that has them; those that it lacks are named and left out.
 * @throws InputError where that Python does not run, or has not even numpy and pillow.
 */
export async function measurePeers(
  python: string,
  photos: ReadonlyMap<number, readonly RgbImage[]>,
  material: readonly Material[],
  { train }: Task,
): Promise<Peers> {
  const folder = await mkdtemp(join(tmpdir(), "facelab-bench-"));
  try {
    const names: Record<string, string[]> = {};
    for (const [width, images] of photos) {
      names[width] = images.map((_, i) => `${width}-${i}.png`);
      for (const [i, image] of images.entries()) await writePng(join(folder, `${width}-${i}.png`), image);
    }
    // face_recognition's order: top, right, bottom, left.
    const boxes = material.map(({ faces }) =>
      faces.map(({ box: { x, y, width, height } }) => [y, x + width, y + height, x].map(Math.round)),
    );
    await writeFile(
      join(folder, "task.json"),
      JSON.stringify({ photos: names, boxes, files: samplePhotoPaths() }),
    );
    const unit = train.map(({ embedding }) => {
      const length = Math.hypot(...embedding);
      return Array.from(embedding, (value) => value / length);
    });
    await writeFile(
      join(folder, "rows.json"),
      JSON.stringify({ x: unit, y: train.map(({ label }) => label) }),
    );
    const script = inCheckout("src/experiments/bench/peers.py");
    const { status, stdout, stderr, error } = spawnSync(python, [script, folder], { encoding: "utf8" });
    if (status !== 0) {
      const reason = error?.message ?? stderr.trim().split("\n").at(-1);
      throw new InputError(`cannot measure peers: ${python} (${reason}; name another in FACELAB_PYTHON)`);
    }
    const { measured, missing } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as {
      measured: (Measured & { group: string })[];
      missing: Record<string, string>;
    };
    for (const [name, reason] of Object.entries(missing)) {
      console.log(
        `note: ${name} is not measured (${reason}; src/experiments/bench/README.md says how to get it)`,
      );
    }
    return (group) =>
      measured
        .filter((one) => one.group === group)
        .map(({ name, milliseconds }) => ({ name: `${name}, 1 thread`, milliseconds }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
