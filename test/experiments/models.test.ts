import { existsSync, readdirSync, statSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { models } from "facelab";
import { beforeEach, describe, expect, it } from "vitest";
import { fileServer, sendFile } from "../support/file-server.js";
import { itWithShared, sharedPath } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

let cwd: string;
beforeEach(async () => {
  cwd = await temporaryFolder();
});
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCli(["models", ...args], { cwd, env: { XDG_DATA_HOME: join(cwd, "data"), ...env } });

const yunet = "models/yunet/yunet_n_dynamic.onnx";
/** Where `models fetch yunet` puts it without `--to`. */
const target = () => join(cwd, "data/facelab/models/yunet/yunet_n_dynamic.onnx");

describe("facelab models", () => {
  it("lists every model with its terms, in lines of at most 100 characters where words allow it", async () => {
    const { code, stdout, stderr } = await run([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const blocks = stdout.trimEnd().split("\n\n");
    expect(blocks.map((block) => block.split(":")[0])).toEqual(models.map(({ name }) => name));
    for (const [i, block] of blocks.entries()) {
      const [head = "", ...lines] = block.split("\n");
      expect(head).toMatch(/^[\w-]+: [a-z]+, \d+\.\d MB, (here|not here|wrong file)$/);
      if (models[i]!.ships) expect(head).toMatch(/, here$/);
      const text = lines.map((line) => line.trim()).join(" ");
      const { licence, commercialUse, trainedOn, lfwOverlap, published, source, files } = models[i]!;
      for (const said of [
        licence,
        `commercial   ${commercialUse}: `,
        trainedOn,
        lfwOverlap,
        published,
        source,
      ]) {
        expect(text).toContain(said);
      }
      for (const file of files)
        expect(text).toContain(`${file.name}, ${file.bytes} bytes, sha256 ${file.sha256}`);
      // A path or an address cannot be broken.
      for (const line of lines) {
        if (/^(\s{15}|.{15})\S+$/.test(line)) continue;
        expect(line.length).toBeLessThanOrEqual(100);
      }
    }
  });

  it("says it all as JSON, and tells a wrong file from the model", async () => {
    const folder = join(cwd, "mine");
    await mkdir(join(folder, "mobilefacenet"), { recursive: true });
    await writeFile(join(folder, "mobilefacenet/MobileFaceNet.onnx"), "other bytes");
    const { code, stdout, stderr } = await run(["--json"], { FACELAB_MODELS: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const listed = JSON.parse(stdout);
    expect(listed).toHaveLength(models.length);
    for (const [i, { bytes, status, ...entry }] of listed.entries()) {
      expect(entry).toEqual(models[i]);
      expect(bytes).toBe(models[i]!.files.reduce((sum, file) => sum + file.bytes!, 0));
      expect(["here", "missing", "wrong"]).toContain(status.kind);
      if (entry.ships) expect(status.paths.map((path: string) => existsSync(path))).toEqual([true, true]);
    }
    const { status } = listed.find(({ name }: { name: string }) => name === "mobilefacenet");
    expect(status.kind).toBe("wrong");
    expect(status.problem).toMatch(
      /^wrong file: .*MobileFaceNet\.onnx has sha256 \w{64} \(expected b7120c09/,
    );
    const text = await run([], { FACELAB_MODELS: folder });
    expect(text.stdout).toMatch(
      /^mobilefacenet: embedding, 4\.0 MB, wrong file\n {2}problem {6}wrong file: /m,
    );
  });

  it("exits with 1 where FACELAB_MODELS names no folder", async () => {
    const { code, stderr } = await run([], { FACELAB_MODELS: "/nonexistent" });
    expect(stderr).toMatch(/^facelab: FACELAB_MODELS names a folder that does not exist: \/nonexistent /);
    expect(code).toBe(1);
  });
});

describe("facelab models fetch", () => {
  itWithShared(yunet)(
    "downloads to where the model is found, goes on where it broke off, and only once",
    async () => {
      const content = await readFile(sharedPath(yunet));
      const folder = join(cwd, "data/facelab/models/yunet");
      const arrived = () => {
        const part = readdirSync(folder).find((name) => name.includes(".part-"));
        const data = join(folder, part ?? "", "data");
        return existsSync(data) ? statSync(data).size : 0;
      };
      const server = await fileServer((response, request, n) =>
        sendFile(response, request, content, {
          etag: '"1"',
          ...(n === 0 && { breakAfter: 100_000, arrived }),
        }),
      );
      const fetched = await run(["fetch", "yunet", "--mirror", server.url]);
      expect(fetched).toMatchObject({ code: 0, stderr: "" });
      expect(fetched.stdout.split("\n")).toEqual([
        expect.stringMatching(/^licence: Apache-2\.0; commercial use unclear: WIDER FACE/),
        `yunet: ${target()} (sha256 right)`,
        "next: npm run models shows where it is",
        "",
      ]);
      expect(server.paths).toEqual(["/yunet_n_dynamic.onnx", "/yunet_n_dynamic.onnx"]);
      expect(server.ranges).toEqual([undefined, "bytes=100000-"]);
      expect((await readFile(target())).equals(content)).toBe(true);
      expect(await readdir(folder)).toEqual(["yunet_n_dynamic.onnx"]);
      const again = await run(["fetch", "yunet", "--mirror", server.url]);
      expect([again.code, server.paths.length]).toEqual([0, 2]);
    },
  );

  itWithShared(yunet)("takes the second mirror where the first has something else", async () => {
    const content = await readFile(sharedPath(yunet));
    const server = await fileServer((response, request) =>
      sendFile(response, request, request.url?.startsWith("/b/") ? content : Buffer.alloc(content.length)),
    );
    const mirrors = ["--mirror", `${server.url}/a`, "--mirror", `${server.url}/b/`];
    const fetched = await run(["fetch", "yunet", "--to", "models", ...mirrors]);
    expect(fetched).toMatchObject({ code: 0, stderr: "" });
    expect(fetched.stdout).toContain("\nnext: set FACELAB_MODELS to models\n");
    expect(server.paths).toEqual(["/a/yunet_n_dynamic.onnx", "/b/yunet_n_dynamic.onnx"]);
    const listed = await run([], { FACELAB_MODELS: "models" });
    expect(listed.stdout).toMatch(
      /^yunet: detection, 0\.3 MB, here\n {2}path {9}models[\\/]yunet[\\/]yunet_n_dynamic\.onnx$/m,
    );
  });

  itWithShared(yunet)("copies from a folder", async () => {
    const fetched = await run(["fetch", "yunet", "--from", sharedPath("models/yunet")]);
    expect(fetched).toMatchObject({ code: 0, stderr: "" });
    expect(existsSync(target())).toBe(true);
  });

  it("refuses other bytes of the right size, says where the right ones are to be put, and leaves no model", async () => {
    const server = await fileServer((response, request) =>
      sendFile(response, request, Buffer.alloc(322_906)),
    );
    const fetched = await run(["fetch", "yunet", "--mirror", server.url]);
    expect(fetched.stderr).toMatch(
      /^facelab: cannot download yunet_n_dynamic\.onnx: \S+: wrong sha256 \([^\n]+ 104ee26c[^\n]+\n$/,
    );
    expect(fetched.stderr).toContain(`at ${target()})`);
    expect(fetched.code).toBe(1);
    expect(existsSync(target())).toBe(false);
  });

  it.each([
    ["mtcnn-facelab", "mtcnn-facelab-weights_manifest.json"],
    ["face_recognition_model", "face_recognition_model-weights_manifest.json"],
  ])("says that %s is here already, and where", async (name, manifest) => {
    const fetched = await run(["fetch", name]);
    expect(fetched).toMatchObject({ code: 0, stderr: "" });
    expect(fetched.stdout).toMatch(new RegExp(`^${name} comes with facelab, nothing to download:\n`));
    const [, path = ""] = /: (.*) \(sha256 right\)\n$/.exec(fetched.stdout) ?? [];
    expect(path.endsWith(manifest)).toBe(true);
    expect(existsSync(path)).toBe(true);
    expect(existsSync(join(cwd, "data"))).toBe(false);
  });

  it.each<[string, string[], RegExp]>([
    [
      "an unknown name",
      ["foo"],
      /^facelab: unknown model: foo \(expected face_recognition_model, .*haarcascade\)\n$/,
    ],
    [
      "a folder without the file",
      ["mobilefacenet", "--from", "."],
      /^facelab: cannot read MobileFaceNet\.onnx \(ENOENT[^\n]+\n$/,
    ],
    [
      "a file as target",
      ["yunet", "--to", "notes.txt"],
      /^facelab: cannot write to notes\.txt \(it is a file; give another --to\)\n$/,
    ],
  ])("exits with 1 on %s", async (_, args, message) => {
    await writeFile(join(cwd, "notes.txt"), "");
    const fetched = await run(["fetch", ...args]);
    expect(fetched.stderr).toMatch(message);
    expect(fetched.code).toBe(1);
    expect(existsSync(join(cwd, "data"))).toBe(false);
  });

  it.each<[string[], RegExp]>([
    [["fetch"], /missing required argument 'name'/],
    [["fetch", "yunet", "--mirror", "file:///x"], /must be an address that begins with https/],
    [["fetch", "yunet", "--from", "x", "--mirror", "http://x"], /cannot be used with option/],
    [["fetch", "yunet", "haarcascade"], /too many arguments/],
    [["yunet"], /too many arguments/],
    [["--jsn"], /unknown option '--jsn'/],
  ])("refuses `facelab models` with %j with exit code 2", async (args, message) => {
    const refused = await run(args);
    expect(refused.stderr).toMatch(message);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
  });
});
