import { randomInt } from "node:crypto";
import { expect, it } from "vitest";
import { interruptEverything } from "./interruptions.js";

it("extract, eval and embed resume wherever they were stopped: fifty points", {
  timeout: 1_800_000,
}, async () => {
  await interruptEverything(50, randomInt(2 ** 31));
  expect.hasAssertions();
});
