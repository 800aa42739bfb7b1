import { join } from "node:path";
import { readNpz } from "facelab";
import { describe, expect } from "vitest";
import { itWithShared, mtcnnManifest, sharedPath } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

const PHOTOS = "data/celebrities-5";

describe("five celebrities, 93 photos to learn from and 25 to be judged on", () => {
  itWithShared(PHOTOS, mtcnnManifest)(
    "yield their faces to MTCNN, two files for numpy, and 25 right answers of the SVM",
    async () => {
      const cwd = await temporaryFolder();
      const run = async (...args: string[]): Promise<string> => {
        const { code, stdout, stderr } = await runCli(args, { cwd });
        expect(stderr).toBe("");
        expect(code).toBe(0);
        return stdout;
      };
      const extract = await run("extract", sharedPath(PHOTOS), "--detector", "mtcnn");
      expect(extract).toContain("photos: 118, without a face: 0\n");
      // 6.jpg of train is 3.jpg of val, saved again.
      expect(extract).toMatch(/look alike, .* \(1 time in train and in test\): .*6\.jpg ~ .*3\.jpg\n/);
      await run("embed", "faces-dataset.npz");
      const shapes = async (file: string): Promise<Record<string, string>> =>
        Object.fromEntries(
          Object.entries(await readNpz(join(cwd, file))).map(([name, { dtype, shape }]) => [
            name,
            `${dtype} ${shape.join(" x ")}`,
          ]),
        );
      const train = 93;
      const test = 25;
      expect(await shapes("faces-dataset.npz")).toMatchObject({
        trainX: `uint8 ${train} x 160 x 160 x 3`,
        trainy: `unicode ${train}`,
        testX: `uint8 ${test} x 160 x 160 x 3`,
        testy: `unicode ${test}`,
        trainLandmarks: `float32 ${train} x 5 x 2`,
        trainChips: `uint8 ${train} x 150 x 150 x 3`,
        testChips: `uint8 ${test} x 150 x 150 x 3`,
      });
      expect(await shapes("faces-embeddings.npz")).toMatchObject({
        trainX: `float32 ${train} x 128`,
        trainy: `unicode ${train}`,
        testX: `float32 ${test} x 128`,
        testy: `unicode ${test}`,
      });
      const table = await run("eval", "--dataset", "faces-embeddings.npz", "--output", "runs");
      expect(table).toMatch(/\| svm +\| +100\.0 \(25 of 25; 86\.7-100\.0\) \|/);
    },
  );
});
