import { turnImage } from "facelab";
import { describe, expect, it } from "vitest";
import { ANGLES, isTheFace } from "../../src/experiments/dist/questions/07-found.js";
import { claimTable, turnedTable, widerTable } from "../../src/experiments/dist/questions/07-tables.js";
import type { Records } from "../../src/experiments/dist/questions/records.js";

describe("a turned photo", () => {
  const image = { width: 5, height: 5, data: Uint8Array.from({ length: 75 }, (_, i) => 3 * i) };
  const red = ({ data }: { data: Uint8Array }, x: number, y: number) => data[3 * (5 * y + x)];

  it("is the photo at 0 degrees, and clockwise at 90", () => {
    expect(turnImage(image, 0).data).toEqual(image.data);
    const turned = turnImage(image, 90);
    for (let y = 0; y < 5; y++) {
      for (let x = 0; x < 5; x++) expect(red(turned, 4 - y, x)).toBe(red(image, x, y));
    }
  });
});

describe("LFW's face", () => {
  const photo = { width: 250, height: 250 };
  const box = (x: number, y: number, side: number) => ({ box: { x, y, width: side, height: side } });

  it("is a box of its size about the photo's centre", () => {
    expect(isTheFace(box(75, 75, 100), photo)).toBe(true);
    expect(isTheFace(box(130, 75, 100), photo)).toBe(false);
    expect(isTheFace(box(75, 10, 100), photo)).toBe(false);
    expect(isTheFace(box(110, 110, 30), photo)).toBe(false);
    expect(isTheFace(box(0, 0, 250), photo)).toBe(false);
  });
});

describe("the tables of detectors", () => {
  const both = ["MTCNN, ours", "Haar"];
  const turned = both.flatMap((detector) =>
    ANGLES.flatMap((angle) =>
      Array.from({ length: 10 }, (_, row) => ({
        detector,
        angle,
        row,
        found: detector !== "Haar" || angle < 30 || row === 0,
      })),
    ),
  );
  const wider = [
    { detector: "Haar", setting: "usual", photo: 0, score: 0.9, outcomes: "hhh" },
    { detector: "Haar", setting: "usual", photo: 0, score: 0.8, outcomes: "fff" },
    { detector: "Haar", setting: "curve", photo: 0, score: 0.9, outcomes: "hhh" },
    { detector: "Haar", setting: "curve", photo: 0, score: 0.8, outcomes: "fff" },
    { detector: "Haar", setting: "curve", photo: 0, score: 0.7, outcomes: "ihh" },
  ];
  const columns = <T extends object>(rows: readonly T[]) =>
    Object.fromEntries(Object.keys(rows[0]!).map((key) => [key, rows.map((row) => row[key as keyof T])]));
  const records = {
    about: {
      turned: 10,
      pointsOf: "MTCNN, published",
      detectors: [...both.map((name) => ({ name, made: "x" })), { name: "SSD", notRun: "no file (remedy)" }],
    },
    tables: {
      photos: { name: ["a"], easy: [1], medium: [2], hard: [2] },
      wider: columns(wider),
      times: { detector: ["Haar", "Haar", "Haar"], photo: [0, 1, 2], milliseconds: [30, 10, 20] },
      turned: columns(turned),
      points: { detector: [], row: [], error: [] },
    },
  } as unknown as Records;
  const row = (table: readonly (readonly string[])[], name: string) =>
    table.find(([first]) => first === name)!;

  it("count hits of the usual setting, and the area of the curve", () => {
    const haar = row(widerTable(records).rows, "Haar");
    // Medium: two faces, found first and third: (1 + 2/3) / 2.
    expect(haar.slice(1, 8)).toEqual([
      "100.0",
      "83.3",
      "83.3",
      "100.0 (50.0)",
      "50.0 (50.0)",
      "50.0 (50.0)",
      "20",
    ]);
    expect(row(widerTable(records).rows, "SSD")[1]).toBe("not run (no file)");
    expect(row(widerTable(records).rows, "YuNet")[1]).toBe("not run (not asked)");
  });

  it("show at which angle the faces are lost, and whether that is chance", () => {
    expect(row(turnedTable(records).rows, "Haar").map((cell) => cell.split(" ")[0])).toEqual([
      "Haar",
      "100",
      "100",
      "10",
      "10",
      "10",
      "10",
      "10",
    ]);
    const claim = claimTable(records).rows;
    expect(row(claim, "15").slice(1)).toEqual(["0", "0", "1.0"]);
    // Nine of nine, five times: 2 / 2^9, times the seven angles for the first of Holm's.
    expect(row(claim, "30").slice(1)).toEqual(["9", "0", (7 * 2 ** -8).toPrecision(2)]);
  });
});
