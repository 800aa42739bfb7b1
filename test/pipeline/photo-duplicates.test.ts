import { copyKeys, describeDuplicates, findDuplicates, type IdentifiedPhoto } from "facelab";
import { describe, expect, it } from "vitest";

const photo = (path: string, more: Partial<IdentifiedPhoto> = {}): IdentifiedPhoto => ({
  path,
  label: path.split("/")[0]!,
  ...more,
});
const paths = (photos: readonly IdentifiedPhoto[]) =>
  findDuplicates(photos).map(({ kind, distance, photos: found }) => [
    kind,
    distance,
    found.map(({ path }) => path),
  ]);

describe("findDuplicates", () => {
  it("tells copies by the file, and by the embedding only where the file is not known", () => {
    const embedding = Float32Array.of(1, 2);
    expect(
      paths([
        photo("ada/1", { sha256: "aa", embedding }),
        photo("ada/2", { sha256: "bb", embedding }),
        photo("ada/3", { sha256: "aa", embedding: Float32Array.of(3, 4) }),
        photo("bob/1", { embedding }),
        photo("bob/2", { embedding: Float32Array.of(1, 2) }),
        photo("bob/3", { embedding: Float32Array.of(1, 2.0000002) }),
        photo("bob/4"),
        photo("bob/5"),
      ]),
    ).toEqual([
      ["file", 0, ["ada/1", "ada/3"]],
      ["embedding", 0, ["bob/1", "bob/2"]],
    ]);
  });

  it("counts the faces of one photo as one photo, which no split divides", () => {
    const faces = [1, 2, 3].map((x) => photo("ada/1", { sha256: "aa", embedding: Float32Array.of(x) }));
    expect(findDuplicates(faces)).toEqual([]);
    expect(copyKeys(faces)).toEqual(["aa", "aa", "aa"]);
  });

  it("takes copies as one photo when it looks for those that look alike", () => {
    const [hash, near, far] = ["00ff00ff00ff00ff", "00ff00ff00ff00fc", "ff00ff00ff00ff00"];
    expect(
      paths([
        photo("ada/1", { sha256: "aa", imageHash: hash }),
        photo("ada/2", { sha256: "aa", imageHash: hash }),
        photo("ada/3", { sha256: "bb", imageHash: near }),
        photo("ada/4", { sha256: "cc", imageHash: far }),
        photo("ada/5", { sha256: "dd" }),
      ]),
    ).toEqual([
      ["file", 0, ["ada/1", "ada/2"]],
      ["alike", 2, ["ada/1", "ada/3"]],
    ]);
  });

  it("keeps the part that a photo has", () => {
    const [found] = findDuplicates([
      photo("ada/1", { sha256: "aa", part: "train" }),
      photo("ada/2", { sha256: "aa", part: "test" }),
    ]);
    expect(found?.photos).toEqual([
      { path: "ada/1", label: "ada", part: "train" },
      { path: "ada/2", label: "ada", part: "test" },
    ]);
  });
});

describe("describeDuplicates", () => {
  it("says nothing where there are none", () => {
    expect(describeDuplicates([])).toEqual([]);
  });

  it("says what is twice, what leaks, what has two names, and what looks alike", () => {
    const lines = describeDuplicates(
      findDuplicates([
        photo("ada/1", { sha256: "aa" }),
        photo("ada/2", { sha256: "aa" }),
        photo("ada/3", { sha256: "bb", imageHash: "00ff00ff00ff00ff" }),
        photo("bob/1", { sha256: "bb" }),
        photo("bob/2", { sha256: "cc", imageHash: "00ff00ff00ff00fe" }),
        photo("eve/1", { imageHash: "ff0f00f0ffff00aa" }),
        photo("eve/2", { imageHash: "ff0f00f0ffff00ab" }),
      ]),
    );
    expect(lines).toEqual([
      "1 photo is there more than once, kept on one side of every split: ada/1 = ada/2",
      "the same photo as two people, of which one is a wrong label: ada/3, bob/1",
      "photos that look alike, perhaps one picture, and not kept on one side: eve/1 ~ eve/2",
      "photos of two people that look alike, perhaps a wrong label: ada/3 ~ bob/2",
    ]);
    const divided = describeDuplicates(
      findDuplicates([
        photo("ada/1", { sha256: "aa", part: "train", imageHash: "00ff00ff00ff00ff" }),
        photo("ada/2", { sha256: "aa", part: "test" }),
        photo("bob/1", { sha256: "aa", part: "test" }),
        photo("ada/3", { part: "test", imageHash: "00ff00ff00ff00fe" }),
      ]),
    );
    expect(divided).toEqual([
      "2 test photos are also in train, and not tested on: ada/2 = ada/1; bob/1 = ada/1",
      "the same photo as two people, of which one is a wrong label: ada/1, ada/2, bob/1",
      "photos that look alike, perhaps one picture, and not kept on one side (1 time in train and in test): ada/1 ~ ada/3",
    ]);
  });

  it("shows five of each", () => {
    const many = Array.from({ length: 14 }, (_, i) => photo(`ada/${i}`, { sha256: `${i % 7}` }));
    const group = Array.from({ length: 8 }, (_, i) => photo(`bob/${i}`, { sha256: "b" }));
    expect(describeDuplicates(findDuplicates(many))[0]).toMatch(
      /^7 photos .*: ada\/0 = ada\/7; .*ada\/4 = ada\/11 and 2 more$/,
    );
    expect(describeDuplicates(findDuplicates(group))[0]).toMatch(/bob\/3 = bob\/4 and 3 more$/);
  });
});
