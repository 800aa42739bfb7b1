import { describe, expect, it } from "vitest";
import { oneAfterTheOther } from "../../src/lib/dist/pipeline/one-after-the-other.js";

describe("oneAfterTheOther", () => {
  it("has calls of all its functions wait for each other, in the order of asking", async () => {
    const events: string[] = [];
    const inTurn = oneAfterTheOther();
    const working =
      (name: string, turns: number) =>
      async (input: number): Promise<string> => {
        events.push(`${name}${input} begins`);
        for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
        events.push(`${name}${input} ends`);
        return `${name}${input}`;
      };
    const slow = inTurn(working("slow", 5));
    const quick = inTurn(working("quick", 0));
    expect(await Promise.all([slow(1), quick(2), slow(3), quick(4)])).toEqual([
      "slow1",
      "quick2",
      "slow3",
      "quick4",
    ]);
    const order = ["slow1", "quick2", "slow3", "quick4"];
    expect(events).toEqual(order.flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it("goes on after a call that failed, and says so to its caller only", async () => {
    const half = oneAfterTheOther()(async (input: number): Promise<number> => {
      if (input % 2 === 1) throw new Error(`odd: ${input}`);
      return input / 2;
    });
    const results = await Promise.allSettled([half(3), half(8), half(5), half(2)]);
    expect(
      results.map((result) => (result.status === "fulfilled" ? result.value : result.reason.message)),
    ).toEqual(["odd: 3", 4, "odd: 5", 1]);
  });
});
