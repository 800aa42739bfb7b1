import { alikeGroups, createRandom, equalGroups } from "facelab";
import { describe, expect, it } from "vitest";

describe("equalGroups", () => {
  it("lists who shares a key, and knows nothing of those without", () => {
    expect(equalGroups(["b", "a", undefined, "b", "c", "a", undefined, "b"])).toEqual([
      [0, 3, 7],
      [1, 5],
    ]);
    expect(equalGroups(["__proto__", "constructor", "__proto__"])).toEqual([[0, 2]]);
    expect(equalGroups([])).toEqual([]);
  });
});

describe("alikeGroups", () => {
  it("groups what differs in few bits, over a chain as well", () => {
    const hashes = [
      "0000000000000000",
      "ffffffffffffffff",
      "0000000000000003", // 2 bits from the first
      undefined,
      "800000000000000f", // 3 bits from the third, 5 from the first
      "ffffffff7fffffff", // 1 bit from the second
      "00000000ffff0000", // 16 from the first
    ];
    expect(alikeGroups(hashes, 3)).toEqual([
      { positions: [0, 2, 4], distance: 3 },
      { positions: [1, 5], distance: 1 },
    ]);
    expect(alikeGroups(hashes, 2)).toEqual([
      { positions: [0, 2], distance: 2 },
      { positions: [1, 5], distance: 1 },
    ]);
    expect(alikeGroups(hashes, 0)).toEqual([]);
  });

  it("finds the same as counting bits one by one", () => {
    const random = createRandom(5);
    const word = (): bigint => BigInt(random.integer(2 ** 32)) * 2n ** 32n + BigInt(random.integer(2 ** 32));
    const centres = Array.from({ length: 30 }, word);
    const values = Array.from({ length: 300 }, (_, i) => {
      const flips = Array.from({ length: random.integer(5) }, () => 1n << BigInt(random.integer(64)));
      return flips.reduce((value, bit) => value ^ bit, centres[i % 30]!);
    });
    const ones = (value: bigint): number => [...value.toString(2)].filter((bit) => bit === "1").length;
    const near = (i: number, j: number): boolean => ones(values[i]! ^ values[j]!) <= 3;
    const group = values.map((_, i) => i);
    for (let changed = true; changed; ) {
      changed = false;
      for (const i of values.keys()) {
        for (const j of values.keys()) {
          if (near(i, j) && group[j]! > group[i]!) {
            group[j] = group[i]!;
            changed = true;
          }
        }
      }
    }
    const expected = equalGroups(group.map(String));
    expect(expected.length).toBeGreaterThan(20);
    const found = alikeGroups(
      values.map((value) => value.toString(16).padStart(16, "0")),
      3,
    );
    expect(found.map(({ positions }) => positions)).toEqual(expected);
  });

  it("holds a thousand equal ones as one group", () => {
    const found = alikeGroups(
      Array.from({ length: 1000 }, () => "0123456789abcdef"),
      6,
    );
    expect(found).toEqual([{ positions: Array.from({ length: 1000 }, (_, i) => i), distance: 0 }]);
  });
});
