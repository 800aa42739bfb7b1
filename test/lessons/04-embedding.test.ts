import { copyFile, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { dividePhotoFiles, embedPhotos, facePipeline, hasFace, openPhotos, type Sample } from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { verdict } from "./verdict.js";

type Lesson = Awaited<ReturnType<typeof openPhotos>>;

/** The first photos of two people as somebody's own. */
async function openOwn(): Promise<Lesson> {
  const { photos } = await openPhotos();
  const people = [...new Set(photos.map(({ label }) => label))].slice(0, 2);
  const folder = await temporaryFolder();
  for (const person of people) {
    await mkdir(join(folder, person));
    const own = photos.filter(({ label }) => label === person).slice(0, 2);
    for (const { path } of own) await copyFile(path, join(folder, person, basename(path)));
  }
  return openPhotos(folder);
}

/** The faces in the notebook's order. */
async function facesOf({ photos, random }: Lesson): Promise<readonly Sample[]> {
  const divided = await dividePhotoFiles(photos, { random: random.fork("split") });
  return (await embedPhotos(divided.photos, await facePipeline())).filter(hasFace);
}

function distance({ embedding: a }: Sample, { embedding: b }: Sample): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}

describe.each([
  ["the sample photos", () => openPhotos()],
  ["four photos of one's own", openOwn],
])("with %s", (_, open) => {
  let faces: readonly Sample[];
  beforeAll(async () => {
    faces = await facesOf(await open());
  });

  it("04.1 is the length of the difference", async () => {
    const far = distance(faces[0]!, faces[1]!);
    expect(await verdict("04.1", far)).toBe("right");
    expect(await verdict("04.1", far ** 2)).toMatch(/take the root/);
    const cosine =
      faces[0]!.embedding.reduce((sum, x, i) => sum + x * faces[1]!.embedding[i]!, 0) /
      (Math.hypot(...faces[0]!.embedding) * Math.hypot(...faces[1]!.embedding));
    expect(await verdict("04.1", cosine)).toMatch(/cosine of the angle/);
    expect(await verdict("04.1", 77)).toMatch(/distance\(faces\[0\], faces\[1\]\)/);
  });

  it("04.2 is the share of strangers who would be taken for one person", async () => {
    const strangers: number[] = [];
    const own: number[] = [];
    faces.forEach((a, i) => {
      for (const b of faces.slice(i + 1)) (a.label === b.label ? own : strangers).push(distance(a, b));
    });
    const near = (some: readonly number[]): number => some.filter((far) => far < 0.6).length / some.length;
    expect(await verdict("04.2", near(strangers))).toBe("right");
    expect(await verdict("04.2", 1 - near(strangers))).toMatch(/those are told apart/);
    if (near(own) !== 1 - near(strangers))
      expect(await verdict("04.2", near(own))).toMatch(/pairs of one person/);
    expect(await verdict("04.2", 77)).toMatch(/keep the pairs with !pair\.same/);
  });
});
