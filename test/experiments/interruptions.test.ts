import { expect, it } from "vitest";
import { interruptEverything } from "./interruptions.js";

it("extract, eval and embed resume wherever they were stopped: ten points", {
  timeout: 300_000,
}, async () => {
  await interruptEverything(10, 1);
  expect.hasAssertions();
});
