import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  drawRecognised,
  encodeFolder,
  InputError,
  loadFolder,
  type PhotoAnswer,
  type Recogniser,
  recognisePhoto,
  trainRecogniser,
  verificationThresholds,
  verifyPhotos,
  writeAnswersCsv,
  writeAnswersJson,
} from "facelab";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { parseCsv } from "../evaluation/parse-csv.js";
import { faceAt } from "../support/fake-pipeline.js";
import { hostileLabels, readWithPandas } from "../support/read-with-pandas.js";
import { itWithPandas } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { colourPipeline } from "./colour-pipeline.js";

const folder = await temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);

/** A picture with squares of colour where the fake detector sees faces. */
async function writePicture(path: string, colours: readonly string[]): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  const create = {
    width: 100 * Math.max(1, colours.length),
    height: 100,
    channels: 3,
    background: "white",
  } as const;
  const squares = colours.map((background, i) => ({
    input: { create: { width: 80, height: 80, channels: 3 as const, background } },
    left: 100 * i + 10,
    top: 10,
  }));
  await sharp({ create }).composite(squares).png().toFile(path);
}

/** A face in each square; none in a picture of 100 x 100 that is white in the middle. */
const pipeline = colourPipeline(({ width, data }) =>
  data[3 * (50 * width + 50)] === 255 && data[3 * (50 * width + 50) + 1] === 255
    ? []
    : Array.from({ length: width / 100 }, (_, i) => ({
        ...faceAt(100 * i + 20, 20, 60),
        score: 0.9 - i / 10,
      })),
);

let recogniser: Recogniser;
beforeAll(async () => {
  // Names are shades; the names of the folders are what files and terminals trip over, but no file system takes "/".
  const shades = { red: "#ff1010", "=1+1": "#10ff10", __proto__: "#1010ff" };
  for (const [name, shade] of [...Object.entries(shades), ["__proto__", "#1010ff"]] as [string, string][]) {
    for (const n of [1, 2, 3])
      await writePicture(at("people", name, `${n}.png`), [shade.replaceAll("1", String(n))]);
  }
  await writePicture(at("people", "red", "empty.png"), []);
  await writeFile(at("people", "red", "broken.jpg"), "no photo");
  const { set } = await encodeFolder(at("people"), { pipeline });
  recogniser = await trainRecogniser(set, { classifier: "knn" });
  await writePicture(at("photos", "group.png"), ["#ff1515", "#ffff00", "#1515ff"]);
  await writePicture(at("photos", "none.png"), []);
});

describe("encodeFolder", () => {
  it("embeds every photo of every person, and says which have no face", async () => {
    const calls: number[][] = [];
    const found = await encodeFolder(at("people"), { pipeline, onProgress: (...now) => calls.push(now) });
    const { samples } = await loadFolder(at("people"));
    expect(found.set.photos.map(({ path, label }) => ({ path, label }))).toEqual(samples);
    expect(found.set.photos.flatMap((photo) => (photo.kind === "none" ? [photo.reason] : []))).toEqual([
      "unreadable",
      "no face found",
    ]);
    expect(found.set.provenance).toBe(pipeline.provenance);
    expect(calls.at(-1)).toEqual([11, 11]);
    const many = await encodeFolder(at("people"), { pipeline, minPhotos: 4 });
    expect(new Set(many.set.photos.map(({ label }) => label))).toEqual(new Set(["red"]));
    expect(many.leftOut).toHaveLength(2);
    await expect(encodeFolder(at("nowhere"), { pipeline })).rejects.toBeInstanceOf(InputError);
  });
});

describe("recognisePhoto", () => {
  const photo = at("photos", "group.png");

  it("names every face, and says unknown of strangers", async () => {
    const found = await recognisePhoto(photo, { recogniser, pipeline });
    if (found.kind === "none") throw new Error(found.detail);
    expect(found).toMatchObject({ photo, width: 300, height: 100 });
    expect(found.faces.map(({ identity }) => identity)).toEqual([
      { kind: "person", label: "red" },
      { kind: "unknown" },
      { kind: "person", label: "__proto__" },
    ]);
    expect(found.faces.map(({ box, score }) => [box.x, box.y, score])).toEqual([
      [20, 20, 0.9],
      [120, 20, 0.8],
      [220, 20, 0.7],
    ]);
    // (255, 21, 21) lies between (255, 16, 16), the nearest, and (255, 32, 32).
    const cosine = (255 * 255 + 2 * 21 * 16) / Math.hypot(255, 21, 21) / Math.hypot(255, 16, 16);
    expect(found.faces[0]!.similarity).toBeCloseTo(cosine, 4);
    expect(found.faces[0]!.distance).toBeCloseTo(Math.sqrt(2 - 2 * cosine), 4);
    expect(found.faces[1]!.candidate).toMatch(/^(red|=1\+1)$/);
  });

  it("takes another choice of face and another threshold", async () => {
    const centre = await recognisePhoto(photo, { recogniser, pipeline, face: "centre" });
    expect(centre).toMatchObject({ faces: [{ box: { x: 120 } }] });
    const lax = await recognisePhoto(photo, { recogniser, pipeline, minCosine: -1 });
    expect(lax).toMatchObject({ faces: [{}, { identity: { kind: "person" } }, {}] });
    const strict = await recognisePhoto(photo, { recogniser, pipeline, minCosine: 1 });
    expect(strict).toMatchObject({ faces: [{ identity: { kind: "unknown" } }, {}, {}] });
    for (const minCosine of [1.1, -2, Number.NaN]) {
      const asked = recognisePhoto(photo, { recogniser, pipeline, minCosine });
      await expect(asked).rejects.toThrow(`invalid minCosine: ${minCosine} (must be a number in -1..1)`);
    }
  });

  it("answers for a photo that cannot be read or has no face", async () => {
    const options = { recogniser, pipeline };
    const none = at("photos", "none.png");
    expect(await recognisePhoto(none, options)).toEqual({
      kind: "none",
      photo: none,
      reason: "no face found",
      detail: "100 x 100 pixels",
    });
    expect(await recognisePhoto(at("no.jpg"), options)).toMatchObject({ kind: "none", reason: "unreadable" });
    const only = await recognisePhoto(photo, { ...options, face: "only" });
    expect(only).toMatchObject({ kind: "none", reason: "several faces", detail: "3 faces" });
  });

  it("refuses the numbers of another embedder", async () => {
    for (const other of [{ name: "grey" }, { sha256: "cd" }]) {
      const asked = recognisePhoto(photo, { recogniser, pipeline: colourPipeline(() => [], other) });
      await expect(asked).rejects.toThrow(/^the recogniser was trained on another embedder: colour abab/);
    }
  });

  it("is drawn into the photo", async () => {
    const found = await recognisePhoto(photo, { recogniser, pipeline });
    if (found.kind === "none") throw new Error(found.detail);
    const before = found.image.data.slice();
    const drawn = await drawRecognised(found.image, found.faces);
    expect([drawn.width, drawn.height]).toEqual([900, 300]);
    expect(Buffer.compare(found.image.data, before)).toBe(0);
  });
});

describe("answers as files", () => {
  const path = at("answers");
  /** A face of everybody, a stranger's, and photos without. */
  const answers: PhotoAnswer[] = [
    {
      kind: "faces",
      photo: "a, b.jpg",
      width: 640,
      height: 480,
      faces: [
        ...hostileLabels.map((label, i) => ({
          ...faceAt(10 * i, 0.5, 60),
          identity: { kind: "person", label } as const,
          candidate: label,
          probability: 1 / (i + 1),
          similarity: 0.95,
          distance: Math.sqrt(0.1),
        })),
        {
          ...faceAt(1, 2, 60),
          identity: { kind: "unknown" },
          candidate: "NA",
          probability: 0.5,
          similarity: 0.1,
          distance: 1.3,
        },
      ],
    },
    { kind: "none", photo: "=empty.png", reason: "no face found", detail: "8 x 8 pixels" },
    { kind: "none", photo: "broken.jpg", reason: "unreadable", detail: "cannot read photo: broken.jpg (x)" },
  ];

  it("keep every label, number and reason as CSV", async () => {
    await writeAnswersCsv(path, answers);
    const rows = parseCsv(await readFile(path, "utf8"));
    expect(Object.keys(rows[0]!).join()).toBe(
      "photo,face,name,answer,probability,similarity,distance,x,y,width,height,score,reason",
    );
    expect(rows.map(({ name }) => name)).toEqual([...hostileLabels, "", "", ""]);
    expect(rows.map(({ answer }) => answer)).toEqual([
      ...hostileLabels.map(() => "person"),
      "unknown",
      "none",
      "none",
    ]);
    expect(rows[2]).toEqual({
      photo: "a, b.jpg",
      face: "3",
      name: "two\nlines",
      answer: "person",
      probability: String(1 / 3),
      similarity: "0.95",
      distance: String(Math.sqrt(0.1)),
      x: "20",
      y: "0.5",
      width: "60",
      height: "72",
      score: "0.9",
      reason: "",
    });
    expect(rows.at(-2)).toMatchObject({ photo: "=empty.png", face: "", score: "", reason: "no face found" });
    expect((await readdir(folder)).filter((name) => name.startsWith("answers"))).toEqual(["answers"]);
    const nowhere = writeAnswersCsv(at("no", "folder.csv"), answers);
    await expect(nowhere).rejects.toThrow(/^cannot write file: .*folder\.csv \(/);
  });

  itWithPandas()("are read by pandas, every label as it is", async (python) => {
    await writeAnswersCsv(path, answers);
    const rows = readWithPandas(python, path);
    expect(rows.map(({ name }) => name)).toEqual([...hostileLabels, "", "", ""]);
    expect(rows.map(({ photo }) => photo).slice(-2)).toEqual(["=empty.png", "broken.jpg"]);
  });

  it("say everything as JSON", async () => {
    await writeAnswersJson(path, answers, new Map([["a, b.jpg", "out/a, b.recognised.png"]]));
    const photos = JSON.parse(await readFile(path, "utf8"));
    expect(photos).toHaveLength(3);
    expect(photos[0]).toMatchObject({ picture: "out/a, b.recognised.png", width: 640, reason: null });
    expect(photos[0].faces.map(({ name }: { name: string }) => name)).toEqual([...hostileLabels, null]);
    const { box, landmarks, score } = faceAt(1, 2, 60);
    expect(photos[0].faces.at(-1)).toEqual({
      answer: "unknown",
      name: null,
      candidate: "NA",
      probability: 0.5,
      similarity: 0.1,
      distance: 1.3,
      box,
      landmarks,
      score,
    });
    expect(photos[2]).toEqual({
      photo: "broken.jpg",
      picture: null,
      width: null,
      height: null,
      reason: "unreadable",
      detail: "cannot read photo: broken.jpg (x)",
      faces: [],
    });
  });
});

describe("verifyPhotos", () => {
  const colours = { red: "#ff2020", brick: "#f01040", green: "#20ff20" };
  const path = (name: string): string => at("pairs", `${name}.png`);
  // The thresholds that there are belong to dlib's embedding.
  const asDlib = { ...pipeline, embedder: { ...pipeline.embedder, name: "dlib" } };
  beforeAll(async () => {
    for (const [name, colour] of Object.entries(colours)) await writePicture(path(name), [colour]);
  });

  it("compares the chosen face of each photo, by hand", async () => {
    const found = await verifyPhotos(path("red"), path("brick"), { pipeline: asDlib });
    const cosine = (255 * 240 + 32 * 16 + 32 * 64) / Math.hypot(255, 32, 32) / Math.hypot(240, 16, 64);
    expect(found.similarity).toBeCloseTo(cosine, 5);
    expect(found.distance).toBeCloseTo(Math.sqrt(2 - 2 * cosine), 4);
    expect(found).toMatchObject({
      verdict: "same person",
      minCosine: verificationThresholds.accurate.minCosine,
      faces: [{ box: { x: 20 } }, { box: { x: 20 } }],
    });
    expect(await verifyPhotos(path("red"), path("green"), { pipeline: asDlib })).toMatchObject({
      verdict: "different people",
    });
    const itself = await verifyPhotos(path("red"), path("red"), { pipeline, minCosine: 1 - 1e-12 });
    expect(itself.verdict).toBe("same person");
    const strict = await verifyPhotos(path("red"), path("brick"), { pipeline, minCosine: 1 });
    expect(strict.verdict).toBe("different people");
  });

  it("has no threshold for another embedding, and takes one that is given", async () => {
    await expect(verifyPhotos(path("red"), path("red"), { pipeline })).rejects.toThrow(
      new InputError(
        "no threshold is known for colour (give the least cosine similarity of one person: minCosine, --threshold)",
      ),
    );
    const given = await verifyPhotos(path("red"), path("red"), { pipeline, minCosine: 0.5 });
    expect(given).toMatchObject({ verdict: "same person", minCosine: 0.5 });
  });

  it("names the photo that has no face, or more than one to choose from", async () => {
    const [none, group] = [at("photos", "none.png"), at("photos", "group.png")];
    const why = async (a: string, b: string, used = asDlib): Promise<string> => {
      const error = await verifyPhotos(a, b, { pipeline: used }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InputError);
      return (error as Error).message;
    };
    expect(await why(path("red"), none)).toBe(`no face found: ${none} (100 x 100 pixels)`);
    expect(await why(none, path("red"))).toBe(`no face found: ${none} (100 x 100 pixels)`);
    expect(await why(path("red"), at("no.jpg"))).toBe(`cannot read photo: ${at("no.jpg")} (no such file)`);
    expect(await why(path("red"), group, { ...asDlib, face: "all" })).toBe(
      `several faces: ${group} (3 faces; choose centre or largest)`,
    );
    const wrong = verifyPhotos(path("red"), path("red"), { pipeline, minCosine: 7 });
    await expect(wrong).rejects.toThrow("invalid minCosine: 7 (must be a number in -1..1)");
  });
});
