import { join } from "node:path";
import {
  createRandom,
  l2Normalize,
  openEmbeddings,
  principalComponents,
  type Sample,
  writeEncodingsFile,
} from "facelab";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { verdict } from "./verdict.js";

const folder = await temporaryFolder();

/** Opens faces of people who are easily told apart, three of each. */
async function openPeople(count: number) {
  const random = createRandom(5);
  const photos = Array.from({ length: 3 * count }, (_, i) => {
    const person = Math.floor(i / 3);
    const embedding = Float32Array.from(
      { length: 8 },
      (_, k) => Number(k === person) + 0.1 * random.uniform(),
    );
    const part = i % 3 === 2 ? ("test" as const) : ("train" as const);
    return { path: `${i}.jpg`, label: `person ${person}`, part, kind: "face" as const, embedding };
  });
  const path = join(folder, `${count}.npz`);
  await writeEncodingsFile(path, { name: "own", photos, provenance: null });
  return openEmbeddings(path);
}

type Lesson = Awaited<ReturnType<typeof openEmbeddings>>;

function divided({ train, test }: Lesson): { learned: Sample[]; strangers: Sample[] } {
  const people = [...new Set(train.map(({ label }) => label))].sort();
  const of = (faces: readonly Sample[], k: number): Sample[] =>
    faces
      .filter(({ label }) => people.indexOf(label) % 2 === k && people.indexOf(label) < 20)
      .map(({ label, embedding }) => ({ label, embedding: l2Normalize(embedding) }));
  return { learned: of(train, 1), strangers: of([...train, ...test], 0) };
}

function squared(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}

/** Squared distances of each triplet, to the positive and to the negative. */
function distances({ random }: Lesson, learned: readonly Sample[]): [number, number][] {
  const dice = random.fork("learned");
  const all: [number, number][] = [];
  for (const anchor of learned) {
    const own = learned.filter((face) => face !== anchor && face.label === anchor.label);
    const others = learned.filter(({ label }) => label !== anchor.label);
    for (let i = 0; i < 5; i++) {
      const positive = own[Math.floor(dice.uniform() * own.length)]!;
      const negative = others[Math.floor(dice.uniform() * others.length)]!;
      all.push([
        squared(anchor.embedding, positive.embedding),
        squared(anchor.embedding, negative.embedding),
      ]);
    }
  }
  return all;
}

const mean = (all: readonly number[]): number => all.reduce((sum, x) => sum + x, 0) / all.length;

/** How often the nearest other point is of the same person. */
function nearestIsOwn(faces: readonly Sample[], points: readonly ArrayLike<number>[]): number {
  const rights = faces.map(({ label }, i) => {
    let best = i === 0 ? 1 : 0;
    for (let k = 0; k < points.length; k++) {
      if (k !== i && squared(points[i]!, points[k]!) < squared(points[i]!, points[best]!)) best = k;
    }
    return faces[best]!.label === label ? 1 : 0;
  });
  return mean(rights);
}

function byPca(learned: readonly Sample[]): (face: Sample) => ArrayLike<number> {
  const dimensions = learned[0]!.embedding.length;
  const rows = new Float64Array(learned.length * dimensions);
  for (const [i, { embedding }] of learned.entries()) rows.set(embedding, i * dimensions);
  const { transform } = principalComponents(rows, dimensions, 2);
  return ({ embedding }) => transform(embedding);
}

describe.each([
  ["the data that ship", () => openEmbeddings()],
  ["six people of one's own", () => openPeople(6)],
])("with %s", (_, open) => {
  it("05.1 is the mean loss of all triplets, cut off at 0", async () => {
    const lesson = await open();
    const all = distances(lesson, divided(lesson).learned);
    const losses = all.map(([positive, negative]) => Math.max(0, positive - negative + 0.2));
    expect(await verdict("05.1", mean(losses))).toBe("right");
    const uncut = all.map(([positive, negative]) => positive - negative + 0.2);
    expect(await verdict("05.1", mean(uncut))).toMatch(/take Math\.max/);
    const turned = all.map(([positive, negative]) => Math.max(0, negative - positive + 0.2));
    expect(await verdict("05.1", mean(turned))).toMatch(/the other way round/);
    expect(await verdict("05.1", 77)).toMatch(/for each triplet/);
  });

  it("05.2 is the person of the nearest face of somebody else", async () => {
    const { learned } = divided(await open());
    const [first] = learned;
    const others = learned.filter(({ label }) => label !== first!.label);
    const sorted = others.sort(
      (a, b) => squared(a.embedding, first!.embedding) - squared(b.embedding, first!.embedding),
    );
    expect(await verdict("05.2", sorted[0]!.label)).toBe("right");
    expect(await verdict("05.2", first!.label)).toMatch(/the person of the face itself/);
    if (sorted.at(-1)!.label !== sorted[0]!.label)
      expect(await verdict("05.2", sorted.at(-1)!.label)).toMatch(/farthest/);
    expect(await verdict("05.2", 3)).toMatch(/a number: give a text/);
  });

  it("05.3 asks for the nearest of all others, by two numbers", async () => {
    const { learned, strangers } = divided(await open());
    const share = nearestIsOwn(strangers, strangers.map(byPca(learned)));
    expect(await verdict("05.3", share)).toBe("right");
    expect(await verdict("05.3", 100 * share)).toMatch(/not per cent/);
    const full = nearestIsOwn(
      strangers,
      strangers.map(({ embedding }) => embedding),
    );
    if (full !== share) expect(await verdict("05.3", full)).toMatch(/all numbers of the embedding/);
  });
});

it("says something with too few people too", async () => {
  await openPeople(2);
  expect(await verdict("05.1", 1)).toMatch(/not yet/);
  expect(await verdict("05.2", "somebody")).toMatch(/not yet/);
  expect(await verdict("05.3", 0.123)).toMatch(/not yet/);
});
