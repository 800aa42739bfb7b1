import { randomInt } from "node:crypto";
import { defineConfig } from "vitest/config";

/** `npm run soak`: some tests again, for longer and with another seed each time, which a failure names. */
export default defineConfig({
  test: {
    include: ["test/hostile/*.test.ts", "test/experiments/interruptions.test.ts"],
    env: {
      FACELAB_SOAK: "2000",
      FACELAB_SOAK_POINTS: "50",
      FACELAB_HOSTILE_FILES: "1000",
      FACELAB_SOAK_SEED: String(randomInt(2 ** 31)),
      FACELAB_HOSTILE_SEED: String(randomInt(2 ** 31)),
    },
    // Many folders are deleted at the end.
    hookTimeout: 600_000,
    maxWorkers: 1,
    disableConsoleIntercept: true,
  },
});
