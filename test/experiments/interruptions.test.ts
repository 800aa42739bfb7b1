import { expect, it } from "vitest";
import { interruptEverything } from "./interruptions.js";

/** More of both with `npm run soak`. */
const points = Number(process.env.FACELAB_SOAK_POINTS ?? 10);
const seed = Number(process.env.FACELAB_SOAK_SEED ?? 1);

it(`extract, eval and embed resume wherever they were stopped: ${points} points`, {
  timeout: 60_000 * points,
}, async () => {
  await interruptEverything(points, seed);
  expect.hasAssertions();
});
