import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { InputError, readLfwEmbeddings } from "facelab";
import { describe, expect, it } from "vitest";
import { cosine, everyCosine } from "../../src/experiments/dist/cosine.js";
import { knownErrors, rowsOfPhotos, twins } from "../../src/experiments/dist/questions/11-errata.js";
import { errorsTable, ordersTable } from "../../src/experiments/dist/questions/11-tables.js";
import type { Records } from "../../src/experiments/dist/questions/records.js";
import { itWithShared, sharedPath } from "../support/shared.js";

describe("LFW's known errors", () => {
  itWithShared("data/lfw/errata.txt")("stand on its errata page", async () => {
    const page = await readFile(sharedPath("data/lfw/errata.txt"), "utf8");
    expect(knownErrors.length).toBeGreaterThan(20);
    for (const photo of [...knownErrors.flatMap(({ photos }) => photos), ...twins]) {
      // The page writes a name once and then numbers.
      const [, name = photo] = /^(.*)_\d{4}$/.exec(photo) ?? [];
      expect(page, photo).toContain(name);
    }
  });

  it("are about photos that LFW has", async () => {
    const lfw = await readLfwEmbeddings(
      fileURLToPath(new URL("../../datasets/lfw-embeddings.npz", import.meta.url)),
    );
    for (const { photos } of knownErrors) {
      for (const row of rowsOfPhotos(lfw, photos)) {
        const photo = `${lfw.names[row]}_${String(lfw.numbers[row]).padStart(4, "0")}`;
        expect(photos.some((one) => photo === one || lfw.names[row] === one)).toBe(true);
      }
    }
    expect(rowsOfPhotos(lfw, ["Jim_OBrien"])).toHaveLength(3);
    expect(() => rowsOfPhotos(lfw, ["Nobody_0001"])).toThrow(InputError);
  });
});

describe("cosines", () => {
  it("are the same for every pair as one by one, for even and odd lengths", () => {
    for (const length of [1, 2, 7, 128]) {
      const embeddings = Array.from({ length: 6 }, (_, i) =>
        Float32Array.from({ length }, (__, k) => Math.sin(1 + 3 * i + 0.7 * k)),
      );
      const pairs: string[] = [];
      let done = 0;
      everyCosine(
        embeddings,
        (i, j, value) => {
          pairs.push(`${i} ${j}`);
          expect(value).toBeCloseTo(cosine(embeddings[i]!, embeddings[j]!), 6);
        },
        (rows) => {
          done = rows;
        },
      );
      expect(pairs).toHaveLength(15);
      expect(new Set(pairs).size).toBe(15);
      expect(done).toBe(6);
    }
  });
});

describe("the orders of suspicion", () => {
  // A: rows 0 and 1, B: row 2, C: rows 3 and 4. Row 4 is B's face, row 2 its only photo.
  const records: Records = {
    about: { twins: [0] },
    tables: {
      photos: {
        name: ["A", "A", "B", "C", "C"],
        number: [1, 2, 1, 1, 2],
        own: [0.99, 0.99, null, 0.5, 0.5],
        other: [0.6, 0.7, 0.98, 0.65, 0.98],
        nearest: [3, 3, 4, 0, 2],
      },
      errors: { what: ["C_0002 is B"], row: [4] },
    },
  };

  it("put the photo first that is like another name and unlike its own", () => {
    const [, difference, own, other] = ordersTable(records).rows as string[][];
    expect(difference!.slice(0, 2)).toEqual(["other name nearer than own", "5"]);
    expect(difference!.at(-1)).toBe("1 of 5");
    // Who has only one photo is not asked whether it is unlike the others.
    expect(own![1]).toBe("4");
    // Rows 3 and 4 are as unlike, and the first of the list comes first.
    expect(own!.at(-1)).toBe("2 of 4");
    expect(other!.at(-1)).toBe("2 of 5");
    expect(difference![2]).toMatch(/^1 of 10 /);
  });

  it("tell each error's rank, and that of the twins", () => {
    const [, error, twin] = errorsTable(records).rows as string[][];
    expect(error).toEqual(["C_0002 is B", "1", "2", "2"]);
    expect(twin!.slice(1)).toEqual(["5", "3", "5"]);
  });
});
