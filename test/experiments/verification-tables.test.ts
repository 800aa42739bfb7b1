import { expect, it } from "vitest";
import type { VerificationRows } from "../../src/experiments/dist/questions/verification-method.js";
import { scoreColumn } from "../../src/experiments/dist/questions/verification-scores.js";
import { verificationTable } from "../../src/experiments/dist/questions/verification-tables.js";

/** Ten folds of twenty pairs, each second one of one person; of each method, how many of these look strange in every fold. */
function table(wrong: Readonly<Record<string, number>>, beside?: string): readonly string[] {
  const names = Object.keys(wrong);
  const pairs = Array.from({ length: 200 }, (_, i) => ({
    fold: Math.floor(i / 20) + 1,
    same: i % 2 === 0,
    at: i % 20,
  }));
  const score = (name: string) => pairs.map(({ same, at }) => (same && at / 2 >= wrong[name]! ? 0.9 : 0.1));
  const methods = names.map((name, i) => ({
    ...{ name, cells: [name], source: "shipped" as const },
    ...(i === 2 && beside !== undefined ? { beside } : {}),
  }));
  const rows: VerificationRows = { heads: ["method"], methods };
  const { rows: shown } = verificationTable(rows, {
    about: { methods: names.map((name) => ({ name, withoutFace: 0 })) },
    tables: {
      pairs: {
        ...{ fold: pairs.map(({ fold }) => fold), a: pairs.map((_, i) => i), b: pairs.map((_, i) => i) },
        same: pairs.map(({ same }) => same),
        ...Object.fromEntries(names.map((name) => [scoreColumn(name), score(name)])),
      },
    },
  });
  return shown.map((row) => row.at(-2)!);
}

it("compares a row with the first, or with the one that it names", () => {
  const wrong = { first: 1, second: 4, third: 5 };
  const [head, first, second, third] = table(wrong);
  expect([head, first]).toEqual(["right only here / only in the first row", "-"]);
  expect(second).toMatch(/^0 \/ 30, p < \.001$/);
  expect(third).toMatch(/^0 \/ 40, p < \.001$/);
  const named = table(wrong, "second");
  expect(named[0]).toBe("right only here / only in the row in brackets");
  expect(named[2]).toMatch(/^0 \/ 30, p < \.001 \(first\)$/);
  expect(named[3]).toMatch(/^0 \/ 10, p \.002 \(second\)$/);
});
