import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type EmbedderDescription, InputError, readEmbedderDescription } from "facelab";
import { describe, expect, it } from "vitest";
import { descriptionPath } from "../../src/lib/dist/embedding/embedder-description.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const good: EmbedderDescription = {
  name: "w600k_r50",
  input: { size: 112, layout: "NCHW", colour: "RGB", mean: 127.5, scale: [127.5, 127.5, 128] },
  alignment: "arcface",
  normalise: true,
  output: "683",
  licence: "research only",
};

async function read(value: unknown): Promise<EmbedderDescription> {
  const path = join(await temporaryFolder(), "net.json");
  await writeFile(path, typeof value === "string" ? value : JSON.stringify(value));
  return readEmbedderDescription(path);
}

describe("readEmbedderDescription", () => {
  it("reads what is written", async () => {
    expect(await read(good)).toEqual(good);
    const { name: _, output: __, licence: ___, ...least } = good;
    const landmarks = [0, 1, 2, 3, 4].map((i) => [i, 2.5] as [number, number]);
    const own = { ...least, alignment: { landmarks } };
    expect(await read(own)).toEqual(own);
  });

  it.each<[string, unknown, string]>([
    ["a field is missing", { ...good, normalise: undefined }, "normalise: "],
    ["the layout is unknown", { ...good, input: { ...good.input, layout: "CHWN" } }, "input.layout: "],
    ["the size is no whole number", { ...good, input: { ...good.input, size: 11.5 } }, "input.size: "],
    ["a colour has no mean", { ...good, input: { ...good.input, mean: [1, 2] } }, "input.mean: "],
    ["a mean is a word", { ...good, input: { ...good.input, mean: "image" } }, "input.mean: "],
    ["a value would be divided by 0", { ...good, input: { ...good.input, scale: 0 } }, "input.scale: "],
    ["one of three would be", { ...good, input: { ...good.input, scale: [1, 0, 1] } }, "input.scale"],
    ["one point is given", { ...good, alignment: { landmarks: [[1, 2]] } }, "alignment.landmarks: "],
    ["the template is unknown", { ...good, alignment: "facenet" }, "alignment: must be"],
    ["a key is misspelt", { ...good, normalize: true }, '"normalize"'],
    ["a name could be a path", { ...good, name: "../x" }, "name: must be letters"],
    ["it is a list", [good], "expected object"],
  ])("names the field where %s", async (_, value, message) => {
    const error = await read(value).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(/^invalid description of an embedder: .*net\.json \(.*\)$/);
    expect((error as Error).message).toContain(message);
  });

  it("names all that is wrong at once", async () => {
    await expect(read({ ...good, input: { size: 112 } })).rejects.toThrow(
      /input\.layout: .*input\.colour: .*input\.mean: .*input\.scale: /,
    );
  });

  it("says what to write where there is none, and where it is no JSON", async () => {
    const path = join(await temporaryFolder(), "net.json");
    await expect(readEmbedderDescription(path)).rejects.toThrow(
      new InputError(
        `no description of the embedder: ${path} (write one beside the .onnx file: input, alignment, normalise; the README shows it)`,
      ),
    );
    await expect(read("{ cut off")).rejects.toThrow(/^invalid description of an embedder: .*JSON/);
  });

  it("is looked for beside the file", () => {
    expect(descriptionPath("a/b.onnx")).toBe("a/b.json");
    expect(descriptionPath("b.ONNX")).toBe("b.json");
  });
});
