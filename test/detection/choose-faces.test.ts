import { chooseFaces, type Detection, faceChoices, InputError } from "facelab";
import { describe, expect, it } from "vitest";
import { requireFaceChoice } from "../../src/lib/dist/detection/choose-faces.js";

const photo = { width: 400, height: 300 };
const nowhere = { x: 0, y: 0 };

/** A square face by its centre. */
function face(x: number, y: number, size: number, score = 0.9): Detection {
  const box = { x: x - size / 2, y: y - size / 2, width: size, height: size };
  return { box, score, landmarks: [nowhere, nowhere, nowhere, nowhere, nowhere] };
}

const middle = face(200, 150, 60, 0.7);
const larger = face(60, 60, 80, 0.8);
const small = face(330, 200, 30, 0.99);
const faces = [small, larger, middle];

describe("chooseFaces", () => {
  it("centre: takes the one in the middle, though others are larger or surer", () => {
    expect(chooseFaces(faces, photo, "centre")).toEqual([middle]);
  });

  it("centre: half-way to the corner a face must have twice the area to win", () => {
    // (100, 75) is half-way between the centre and the corner: 1 - 1/2.
    expect(chooseFaces([middle, face(100, 75, 60 * Math.sqrt(1.9))], photo, "centre")).toEqual([middle]);
    const wide = face(100, 75, 60 * Math.sqrt(2.1));
    expect(chooseFaces([middle, wide], photo, "centre")).toEqual([wide]);
    expect(chooseFaces([wide, middle], photo, "centre")).toEqual([wide]);
  });

  it("centre: still takes one where all are at the border or beyond", () => {
    const beyond = face(-20, -20, 50);
    expect(chooseFaces([beyond], photo, "centre")).toEqual([beyond]);
    expect(chooseFaces([beyond, face(405, 305, 10)], photo, "centre")).toHaveLength(1);
  });

  it("largest: takes the largest area, wherever it is", () => {
    expect(chooseFaces(faces, photo, "largest")).toEqual([larger]);
    const flat = { ...middle, box: { x: 0, y: 0, width: 300, height: 10 } };
    expect(chooseFaces([flat, middle], photo, "largest")).toEqual([middle]);
  });

  it("all: takes every one, in the detector's order", () => {
    expect(chooseFaces(faces, photo, "all")).toEqual(faces);
  });

  it("only: takes the one face, and none of several", () => {
    expect(chooseFaces([small], photo, "only")).toEqual([small]);
    expect(chooseFaces(faces, photo, "only")).toEqual([]);
  });

  it.each(faceChoices)("%s: answers no face with no face, and leaves the list as it was", (choice) => {
    expect(chooseFaces([], photo, choice)).toEqual([]);
    const list = [...faces];
    chooseFaces(list, photo, choice);
    expect(list).toEqual(faces);
  });
});

describe("requireFaceChoice", () => {
  it("knows the four words, and names them where it is another", () => {
    expect(faceChoices).toEqual(["centre", "largest", "all", "only"]);
    for (const choice of faceChoices) expect(requireFaceChoice(choice)).toBe(choice);
    expect(() => requireFaceChoice("biggest")).toThrow(
      new InputError("unknown face choice: biggest (expected centre, largest, all, only)"),
    );
    expect(() => requireFaceChoice("toString")).toThrow(InputError);
  });
});
