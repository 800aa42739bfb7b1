import { type Detection, type RgbImage, trainRecogniser, type VideoFrame, watchFaces } from "facelab";
import { expect, it } from "vitest";
import { colourPipeline } from "../recognition/colour-pipeline.js";

type Colour = readonly [number, number, number];
const RED: Colour = [250, 10, 10];
const GREEN: Colour = [10, 250, 10];
const BLUE: Colour = [10, 10, 250];

const people = { red: RED, green: GREEN };
const samples = Object.entries(people).flatMap(([label, colour]) =>
  [0, 4, 8].map((shift) => ({
    label,
    embedding: Float32Array.from(colour, (value, i) => (value + (i === 2 ? shift : 0)) / 255),
  })),
);
const recogniser = await trainRecogniser(samples);

/** A picture of one colour; what the detector finds in it stands beside it. */
function frame(
  seconds: number,
  colour: Colour,
  faces: readonly Detection[],
): VideoFrame & { faces: readonly Detection[] } {
  const [width, height] = [64, 64];
  const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => colour[i % 3]!);
  return { image: { width, height, data }, seconds, faces };
}

const face: Detection = {
  box: { x: 16, y: 16, width: 32, height: 32 },
  score: 1,
  landmarks: [
    { x: 26, y: 28 },
    { x: 38, y: 28 },
    { x: 32, y: 34 },
    { x: 27, y: 40 },
    { x: 37, y: 40 },
  ],
};

async function watch(frames: readonly (VideoFrame & { faces: readonly Detection[] })[], reviewMargin = 0) {
  const found = new Map<RgbImage, readonly Detection[]>(frames.map((one) => [one.image, one.faces]));
  const { detector, embedder } = colourPipeline((image) => [...found.get(image)!]);
  const seen = [];
  async function* stream() {
    yield* frames;
  }
  for await (const one of watchFaces(stream(), { recogniser, detector, embedder, reviewMargin }))
    seen.push(one);
  return seen;
}

const film = (count: number, colour: Colour, start = 0) =>
  Array.from({ length: count }, (_, i) => frame(start + i / 10, colour, [face]));

it("is firm after three equal answers, says so once, and embeds no more after that", async () => {
  const seen = await watch(film(20, RED));
  expect(seen.map(({ faces }) => faces[0]!.answer?.label)).toEqual([
    undefined,
    undefined,
    ...Array(18).fill("red"),
  ]);
  expect(seen.map(({ faces }) => faces[0]!.news).filter(Boolean)).toHaveLength(1);
  expect(seen.at(-1)!.embedded).toBe(3);
});

it("asks a firm face again every two seconds, and finds who stepped into its place", async () => {
  const stays = await watch(film(100, RED));
  // Three until .2 s, then at 2.2, 4.2, 6.2 and 8.2 s.
  expect(stays.at(-1)!.embedded).toBe(7);
  const swapped = await watch([...film(10, RED), ...film(20, GREEN, 1)]);
  expect(swapped.at(-1)!.faces[0]!).toMatchObject({ id: 1, answer: { label: "green" } });
});

it("calls a stranger unknown", async () => {
  const seen = await watch(film(5, BLUE));
  expect(seen.at(-1)!.faces[0]!.answer?.kind).toBe("unknown");
});

it("asks again when the face was away, and takes another person for what they are", async () => {
  const away = frame(1, RED, []);
  const seen = await watch([...film(10, RED), away, ...film(8, GREEN, 1.1)]);
  const last = seen.at(-1)!;
  expect(last.faces[0]!.answer?.label).toBe("green");
  expect(seen.flatMap(({ faces }) => faces).filter(({ news }) => news)).toHaveLength(2);
  expect(last.embedded).toBe(6);
});

it("gives a close call to a person to decide, with both candidates", async () => {
  const seen = await watch(film(4, RED), 2);
  const { answer } = seen.at(-1)!.faces[0]!;
  expect(answer).toMatchObject({ kind: "review", label: "red", other: "green" });
  expect(answer!.margin).toBeGreaterThan(0);
});

it("where no three answers agree it says that it is undecided, and stops asking", async () => {
  const turns = Array.from({ length: 30 }, (_, i) => frame(i / 10, i % 2 === 0 ? RED : GREEN, [face]));
  const seen = await watch(turns);
  expect(seen.at(-1)!.faces[0]!.answer?.kind).toBe("review");
  expect(seen.at(-1)!.embedded).toBe(12);
});
