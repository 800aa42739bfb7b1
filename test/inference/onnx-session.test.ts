import { execFile } from "node:child_process";
import { cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { InputError, onnxFallbackReason, onnxSession } from "facelab";
import { describe, expect, it } from "vitest";
import { onnxGraph } from "../../src/lib/dist/inference/onnx-graph.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const dist = fileURLToPath(new URL("../../src/lib/dist", import.meta.url));
const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));

function doubling(): Uint8Array {
  const net = onnxGraph("double");
  const x = net.input("x", ["n"]);
  net.add("Add", [x, x], {}, "y");
  net.output("y", ["n"]);
  return net.encode();
}

describe("onnxSession", () => {
  it("takes the native runtime by default, without a notice", async () => {
    const session = await onnxSession(doubling());
    expect(session.engine).toBe("onnxruntime-node");
    expect(onnxFallbackReason()).toBeUndefined();
  });

  it("runs several at a time, on any number of threads", async () => {
    const sessions = await Promise.all(
      [1, 2, undefined].map((threads) => onnxSession(doubling(), { threads })),
    );
    const runs = sessions.flatMap((session) =>
      [1, 2, 3].map((value) => session.run({ x: { dims: [1], data: Float32Array.of(value) } })),
    );
    const results = await Promise.all(runs);
    expect(results.map(({ y }) => y!.data[0])).toEqual([2, 4, 6, 2, 4, 6, 2, 4, 6]);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses %d threads, on either runtime", async (threads) => {
    for (const engine of ["onnxruntime-node", "onnxruntime-web"] as const) {
      const error = await onnxSession(doubling(), { engine, threads }).catch((reason: unknown) => reason);
      expect(error).toEqual(new InputError(`invalid threads: ${threads} (must be an integer >= 1)`));
    }
  });

  it.each(["onnxruntime-node", "onnxruntime-web"] as const)(
    "refuses what is no graph: %s",
    async (engine) => {
      await expect(onnxSession(Uint8Array.of(1, 2, 3), { engine })).rejects.toThrow();
      await expect(onnxSession(doubling().subarray(0, 20), { engine })).rejects.toThrow();
    },
  );

  it("takes onnxruntime-web where the native one is not installed, and says why", async () => {
    const folder = await temporaryFolder();
    await cp(join(dist, "inference"), join(folder, "dist/inference"), { recursive: true });
    await cp(join(dist, "errors.js"), join(folder, "dist/errors.js"));
    await cp(join(dist, "../package.json"), join(folder, "package.json"));
    await mkdir(join(folder, "node_modules"));
    for (const name of ["onnxruntime-web", "onnxruntime-common", "protobufjs"]) {
      await symlink(join(modules, name), join(folder, "node_modules", name), "junction");
    }
    const code = `
      const { onnxSession, onnxFallbackReason } = await import("./dist/inference/onnx-session.js");
      const session = await onnxSession(Buffer.from("${Buffer.from(doubling()).toString("base64")}", "base64"));
      const { y } = await session.run({ x: { dims: [2], data: Float32Array.of(1, 2) } });
      console.log(JSON.stringify([session.engine, onnxFallbackReason(), ...y.data]));`;
    const run = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], {
      cwd: folder,
    });
    const [engine, reason, ...values] = JSON.parse((await run).stdout);
    expect(engine).toBe("onnxruntime-web");
    expect(reason).toMatch(/^onnxruntime-node does not load \(.*onnxruntime-node.*\); using onnxruntime-web/);
    expect(reason).not.toContain("\n");
    expect(values).toEqual([2, 4]);
  });
});
