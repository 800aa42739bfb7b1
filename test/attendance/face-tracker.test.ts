import { type Detection, faceTracker } from "facelab";
import { expect, it } from "vitest";

const at = (x: number, y = 0): Detection => {
  const point = { x, y };
  return {
    box: { x, y, width: 100, height: 100 },
    score: 1,
    landmarks: [point, point, point, point, point],
  };
};
const seen = (tracks: ReturnType<ReturnType<typeof faceTracker>>) =>
  tracks.map(({ id, doubtful }) => `${id}${doubtful ? "?" : ""}`);

it("follows faces that move a little, whatever their order, and doubts a new one", () => {
  const track = faceTracker();
  expect(seen(track([at(0), at(300)], 0))).toEqual(["1?", "2?"]);
  expect(seen(track([at(310), at(10)], 0.2))).toEqual(["2", "1"]);
  expect(seen(track([at(320), at(20), at(600)], 0.4))).toEqual(["2", "1", "3?"]);
});

it("gives a face to the track that it overlaps most, each once", () => {
  const track = faceTracker();
  track([at(0), at(60)], 0);
  expect(seen(track([at(40), at(62)], 0.2))).toEqual(["1?", "2"]);
});

it("doubts a face that jumped, and takes one that jumped further for another", () => {
  const track = faceTracker();
  track([at(0)], 0);
  // Overlaps of 60/140 and 40/160.
  expect(seen(track([at(40)], 0.2))).toEqual(["1?"]);
  expect(seen(track([at(100)], 0.4))).toEqual(["2?"]);
});

it("remembers a face that was away for a moment, in doubt, and forgets it after a second", () => {
  const track = faceTracker();
  track([at(0)], 0);
  track([], 0.5);
  expect(seen(track([at(0)], 0.9))).toEqual(["1?"]);
  expect(seen(track([at(0)], 1))).toEqual(["1"]);
  track([], 1.5);
  track([], 2);
  expect(seen(track([at(0)], 2.5))).toEqual(["2?"]);
});
