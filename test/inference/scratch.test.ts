import { describe, expect, it } from "vitest";
import { type Scratch, scratchLender } from "../../src/lib/dist/inference/scratch.js";

/** Waits until all that is waiting has had its turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("scratchLender", () => {
  it("lends the same memory again to the next call, also after one that failed", async () => {
    const { lend } = scratchLender();
    const first = await lend(async ({ floats }) => floats(1000).buffer);
    await expect(lend(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    const again = await lend(async ({ floats }) => {
      const part = floats(900);
      expect(part.length).toBe(900);
      expect(floats(1024).buffer).toBe(part.buffer);
      return part.buffer;
    });
    expect(again).toBe(first);
  });

  it("gives calls that overlap memory of their own", async () => {
    const { lend } = scratchLender();
    const used = new Set<ArrayBufferLike>();
    const busy = new Set<Scratch>();
    const work = async (value: number): Promise<void> =>
      lend(async (scratch) => {
        expect(busy.has(scratch)).toBe(false);
        busy.add(scratch);
        const floats = scratch.floats(100).fill(value);
        const words = scratch.words(50).fill(value);
        used.add(floats.buffer).add(words.buffer);
        for (let i = 0; i < value % 3; i++) await turn();
        expect(new Set([...floats, ...words])).toEqual(new Set([value]));
        busy.delete(scratch);
      });
    await Promise.all(Array.from({ length: 5 }, (_, i) => work(i + 1)));
    expect(used.size).toBe(10);
    // Two are kept of the five.
    used.clear();
    for (let i = 0; i < 5; i++) await work(i);
    expect(used.size).toBe(2);
  });

  it("keeps no memory of a very large photo", async () => {
    const { lend } = scratchLender();
    const huge = await lend(async ({ floats }) => floats(9 * 2 ** 20));
    expect(huge.length).toBe(9 * 2 ** 20);
    const next = await lend(async ({ floats }) => floats(10));
    expect(next.buffer).not.toBe(huge.buffer);
    expect(next.buffer.byteLength).toBeLessThan(1000);
  });
});
