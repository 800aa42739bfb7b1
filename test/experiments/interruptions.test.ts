import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import {
  commands,
  expectResumed,
  finish,
  interruptEverything,
  kinds,
  material,
  newPlace,
  stop,
  uninterrupted,
} from "./interruptions.js";

/** More of both with `npm run soak`. */
const points = Number(process.env.FACELAB_SOAK_POINTS ?? 12);
const seed = Number(process.env.FACELAB_SOAK_SEED ?? 1);
const source = material();

it(`extract, eval, embed, build-lfw and fetch resume wherever they were stopped: ${points} points`, {
  timeout: 60_000 * points,
}, async () => {
  await interruptEverything(await source, points, seed);
  expect.hasAssertions();
});

describe("eval's fits", () => {
  const command = commands["eval of embeddings"];

  it("are not done again after a run that was stopped between them", { timeout: 120_000 }, async () => {
    const whole = await uninterrupted(await source, "eval of embeddings");
    expect(whole.kinds).toEqual({ fit: 25 });
    for (const signal of ["SIGKILL", "SIGINT"] as const) {
      const place = await newPlace(await source);
      const fits = async (): Promise<number> => (await kinds(place)).fit ?? 0;
      await stop(place, command, signal, async () => {
        while ((await fits()) < 3) await pause(1);
      });
      expect(await fits(), signal).toBeGreaterThanOrEqual(3);
      expect(await fits(), signal).toBeLessThan(25);
      await expectResumed(place, command, whole, signal);
    }
  });

  it("are kept by two runs at once, and not by one without the cache", { timeout: 120_000 }, async () => {
    const place = await newPlace(await source);
    await Promise.all([finish(place, command), finish(place, command)]);
    expect(await kinds(place)).toEqual({ fit: 25 });
    const third = await finish(place, command);
    expect(third).toContain("\nfrom the cache: 25 fits (--no-cache computes them again)\n");
    const listed = await finish(place, { args: ["cache"] });
    expect(listed).toMatch(/^cache: .*results\nentries: 25 \(\d+\.\d MB\)\n {2}fit: 25\n$/);
    expect(await kinds(place), "listing deletes nothing").toEqual({ fit: 25 });
    await finish(place, { args: ["cache", "--clean"] });
    expect(await kinds(place)).toEqual({});

    const bare = await newPlace(await source);
    const without = { ...command, args: [...command.args, "--no-cache"] };
    expect(await finish(bare, without)).not.toContain("from the cache");
    expect(await kinds(bare)).toEqual({});
    const [made = "", madeWithout = ""] = [await command.made(place.folder), await command.made(bare.folder)];
    expect(madeWithout.replace('"cache":false', '"cache":true')).toBe(made);
  });
});
