import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { fileServer, sendFile } from "../support/file-server.js";
import { asManyAsLfw } from "../support/lfw-archive.js";
import { itWithShared, mtcnnManifest, mtcnnShard, sharedPath } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

let cwd: string;
beforeEach(async () => {
  cwd = await temporaryFolder();
});
const fetch = (...args: string[]) =>
  runCli(["fetch", ...args], { cwd, env: { XDG_DATA_HOME: join(cwd, "data") } });

describe("facelab fetch lfw", () => {
  it("takes an archive of all of LFW, says what is not known about it, and what comes next", async () => {
    await writeFile(join(cwd, "lfw-deepfunneled.tgz"), asManyAsLfw());
    const run = await fetch("lfw", "--from", "lfw-deepfunneled.tgz", "--to", "data sets/lfw");
    const folder = join("data sets/lfw", "lfw-deepfunneled");
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(/^Labeled Faces in the Wild: .*for research\. Cite\n {2}Huang, Ramesh/);
    expect(run.stdout.split("\n").slice(-4)).toEqual([
      "note: no sha256 is known for lfw-deepfunneled.tgz; people and photos were counted, the photos not looked at",
      `LFW: 5749 people, 13233 photos in ${folder}`,
      `next: npm run eval -- --dataset "${folder}" --min-photos 20 --photos-per-person 20`,
      "",
    ]);
    expect(await readdir(join(cwd, "data sets/lfw"))).toEqual(["lfw-deepfunneled"]);
    const again = await fetch("lfw", "--from", "lfw-deepfunneled.tgz", "--to", "data sets/lfw");
    expect(again.stdout).toContain(`complete already, nothing to do: ${folder}\nLFW: 5749 people`);
    expect(again.code).toBe(0);
  });

  it("exits with 1 where a mirror has something else, and shows the terms before it asks anybody", async () => {
    const server = await fileServer((response, request) =>
      sendFile(response, request, Buffer.from("<html>")),
    );
    const run = await fetch(
      "lfw",
      "--mirror",
      `${server.url}/a`,
      "--mirror",
      `${server.url}/b/`,
      "--to",
      "lfw",
    );
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("Technical Report 07-49, 2007");
    expect(run.stderr).toMatch(/^facelab: cannot download pairs\.txt: [^\n]+\n$/);
    expect(run.stderr).toContain(`${server.url}/a/pairs.txt: promises 6 bytes instead of 155335; `);
    expect(run.stderr).toContain(`${server.url}/b/pairs.txt: promises 6 bytes instead of 155335 (`);
    expect(server.paths).toEqual(["/a/pairs.txt", "/b/pairs.txt"]);
  });

  itWithShared("data/lfw/pairs.txt")(
    "keeps pairs.txt, and refuses a wrong archive of the right size",
    async () => {
      const server = await fileServer(async (response, request) => {
        const right = request.url === "/pairs.txt";
        if (right) return sendFile(response, request, await readFile(sharedPath("data/lfw/pairs.txt")));
        sendFile(response, request, Buffer.alloc(180_566_744));
      });
      const run = await fetch("lfw", "--variant", "lfw", "--mirror", server.url, "--to", "lfw");
      expect(run.stderr).toContain(`cannot download lfw.tgz: ${server.url}/lfw.tgz: wrong sha256 (`);
      expect(run.code).toBe(1);
      expect(existsSync(join(cwd, "lfw/pairs.txt"))).toBe(true);
      expect(existsSync(join(cwd, "lfw/lfw"))).toBe(false);
      expect(existsSync(join(cwd, "lfw/lfw.tgz"))).toBe(false);
    },
  );

  it.each<[string, string[], RegExp]>([
    ["a missing archive", ["--from", "no.tgz"], /^facelab: cannot read no\.tgz \(ENOENT[^\n]+\n$/],
    ["a folder of other things", ["--from", "."], /^facelab: [^\n]+\n$/],
    [
      "a file as target",
      ["--from", "x.tgz", "--to", "notes.txt"],
      /^facelab: cannot write to notes\.txt \(it is a/,
    ],
  ])("exits with 1 on %s", async (_, args, message) => {
    await writeFile(join(cwd, "notes.txt"), "");
    const run = await fetch("lfw", "--to", "lfw", ...args);
    expect(run.stderr).toMatch(message);
    expect(run.code).toBe(1);
  });
});

describe("facelab fetch mtcnn", () => {
  const folder = () => join(cwd, "data/facelab/models/mtcnn-reference");
  const expectFound = async () => {
    expect((await readdir(folder())).sort()).toEqual([
      "mtcnn_model-shard1",
      "mtcnn_model-weights_manifest.json",
    ]);
  };

  itWithShared(mtcnnManifest, mtcnnShard)(
    "downloads both files to where the detector looks for them",
    async () => {
      const server = await fileServer(async (response, request) =>
        sendFile(response, request, await readFile(sharedPath(`models/mtcnn-reference${request.url}`))),
      );
      const run = await fetch("mtcnn", "--mirror", server.url);
      expect(run).toMatchObject({ code: 0, stderr: "" });
      expect(run.stdout).toContain(join(folder(), "mtcnn_model-weights_manifest.json"));
      expect(server.paths).toEqual(["/mtcnn_model-shard1", "/mtcnn_model-weights_manifest.json"]);
      await expectFound();
      const again = await fetch("mtcnn", "--mirror", server.url);
      expect([again.code, server.paths.length]).toEqual([0, 2]);
    },
  );

  itWithShared(mtcnnManifest, mtcnnShard)("copies them from a folder, and no others", async () => {
    await mkdir(join(cwd, "mine"));
    for (const path of [mtcnnManifest, mtcnnShard]) {
      await copyFile(sharedPath(path), join(cwd, "mine", path.split("/").at(-1)!));
    }
    expect(await fetch("mtcnn", "--from", "mine")).toMatchObject({ code: 0, stderr: "" });
    await expectFound();
  });

  it("exits with 1 on a folder without them", async () => {
    const run = await fetch("mtcnn", "--from", ".");
    expect(run.stderr).toMatch(/^facelab: cannot read mtcnn_model-shard1 \(ENOENT[^\n]+\n$/);
    expect(run.code).toBe(1);
    expect(existsSync(join(cwd, "data"))).toBe(false);
  });

  it("exits with 1 on a folder with other weights, and leaves nothing", async () => {
    await writeFile(join(cwd, "mtcnn_model-shard1"), "other weights");
    await writeFile(join(cwd, "mtcnn_model-weights_manifest.json"), "[]");
    const run = await fetch("mtcnn", "--from", ".", "--to", "models");
    expect(run.stderr).toMatch(
      /^facelab: wrong file: mtcnn_model-shard1 has sha256 \w{64} \(expected 20f4d3ac/,
    );
    expect(run.code).toBe(1);
    expect(existsSync(join(cwd, "models"))).toBe(false);
  });
});

it.each<[string[], RegExp]>([
  [[], /^Usage: facelab fetch/],
  [["orl"], /unknown command 'orl'/],
  [["lfw", "--variant", "deep"], /'deep' is invalid\. Allowed choices are lfw-funneled, lfw\./],
  [["lfw", "--mirror", "file:///lfw"], /must be an address that begins with https/],
  [
    ["lfw", "--from", "x", "--mirror", "http://x"],
    /'--from <path>' cannot be used with option '--mirror <url>'/,
  ],
  [
    ["lfw", "--from", "x", "--variant", "lfw"],
    /'--from <path>' cannot be used with option '--variant <name>'/,
  ],
  [["mtcnn", "--from", "x", "--mirror", "http://x"], /cannot be used with option/],
  [["mtcnn", "--variant", "lfw"], /unknown option '--variant'/],
  [["lfw", "folder"], /too many arguments/],
])("refuses `facelab fetch` with %j with exit code 2", async (args, message) => {
  const run = await fetch(...args);
  expect(run.stderr).toMatch(message);
  expect(run).toMatchObject({ code: 2, stdout: "" });
});
