import { createRandom, type Landmarks5 } from "facelab";
import { describe, expect, it } from "vitest";
import { brokenClassifiers, outcomeColumn, PLAIN } from "../../src/experiments/dist/questions/08-answers.js";
import { conditionKinds, conditions, withBar } from "../../src/experiments/dist/questions/08-conditions.js";
import { spoiledTable } from "../../src/experiments/dist/questions/08-tables.js";
import { imageOf } from "../support/synthetic-images.js";

const face: Landmarks5 = [
  { x: 40, y: 40 },
  { x: 60, y: 40 },
  { x: 50, y: 50 },
  { x: 42, y: 64 },
  { x: 58, y: 64 },
];

describe("the conditions", () => {
  it("have five strengths each, of which every one changes the photo, and none its size", async () => {
    const image = imageOf(250, 250, (x, y, colour) => (3 * x + 5 * y + 40 * colour) % 256);
    expect(conditionKinds.map(({ kind }) => kind)).toEqual([
      ...["blur", "noise", "JPEG", "low resolution", "darkness", "rotation"],
      ...["bar over the eyes", "bar over the mouth"],
    ]);
    expect(conditions).toHaveLength(40);
    const seen = new Set<string>();
    for (const { kind, strength, spoil } of conditions) {
      const spoiled = await spoil(image, face, createRandom(1));
      expect([spoiled.width, spoiled.height], kind).toEqual([250, 250]);
      expect(spoiled.data, `${kind} ${strength}`).not.toEqual(image.data);
      seen.add(Buffer.from(spoiled.data).toString("base64"));
    }
    expect(seen.size).toBe(40);
  });

  it("lay a bar over the eyes or the mouth alone", () => {
    const image = imageOf(100, 100, () => 10);
    const grey = ({ data }: { data: Uint8Array }, x: number, y: number) => data[(y * 100 + x) * 3];
    // Half of the 24 pixels from eyes to mouth: 6 to either side of row 40, and 30 of column 50.
    const eyes = withBar(image, face, [0, 1], 0.5);
    expect([33, 34, 45, 46].map((y) => grey(eyes, 50, y))).toEqual([10, 128, 128, 10]);
    expect([19, 20, 79, 80].map((x) => grey(eyes, x, 40))).toEqual([10, 128, 128, 10]);
    const mouth = withBar(image, face, [3, 4], 0.5);
    expect([57, 58, 69, 70].map((y) => grey(mouth, 50, y))).toEqual([10, 128, 128, 10]);
    expect(image.data.every((value) => value === 10)).toBe(true);
  });
});

describe("the table of conditions", () => {
  it("counts a face that was not found as not right, and cosine's unknowns apart", () => {
    const settings = [
      [PLAIN, 0] as const,
      ...conditionKinds.flatMap(({ kind, strengths }) =>
        strengths.map((strength) => [kind, strength] as const),
      ),
    ];
    const people = ["a", "a", "b", "b"];
    const outcomes = (kind: string, cosine: boolean): number[] =>
      kind === PLAIN ? [1, 1, 1, 0] : cosine ? [1, -1, 0, -2] : [1, 1, 0, -2];
    const rows = settings.flatMap(([kind, strength]) => people.map((_, row) => ({ kind, strength, row })));
    const column = (cosine: boolean) => settings.flatMap(([kind]) => outcomes(kind, cosine));
    const { rows: table } = spoiledTable({
      about: { people: 2, learned: 1, spoiled: 2 },
      tables: {
        answers: {
          kind: rows.map(({ kind }) => kind),
          strength: rows.map(({ strength }) => strength),
          row: rows.map(({ row }) => row),
          ...Object.fromEntries(
            brokenClassifiers.map((name) => [outcomeColumn(name), column(name === "cosine")]),
          ),
        },
        photos: { row: [0, 1, 2, 3], person: people },
      },
    });
    expect(table).toHaveLength(42);
    expect(table[1]!.slice(0, 3)).toEqual([PLAIN, "", "100.0"]);
    expect(table[1]![3]).toMatch(/^75\.0 \(50\.0-100\.0\)$/);
    const [, , found, main, lost, ofFound, , , cosine, unknown, wrong] = table[2]!;
    expect([found, ofFound, cosine, unknown, wrong]).toEqual(["75.0", "66.7", "25.0", "25.0", "25.0"]);
    expect(main).toMatch(/^50\.0 \(0\.0-100\.0\)$/);
    expect(lost).toMatch(/^-25\.0, p /);
  });
});
