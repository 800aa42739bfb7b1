import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCli } from "./run-cli.js";

const manifest = new URL("../../src/lib/package.json", import.meta.url);

describe("the command line", () => {
  it.concurrent("prints help and version to stdout", async () => {
    const [help, evalHelp, version] = await Promise.all(
      [["--help"], ["eval", "--help"], ["--version"]].map((args) => runCli(args)),
    );
    for (const run of [help, evalHelp, version]) expect(run).toMatchObject({ code: 0, stderr: "" });
    const commands =
      "eval report extract embed encode train recognise verify predict fetch models info".split(" ");
    for (const command of commands) {
      expect(help!.stdout).toMatch(new RegExp(`^ +${command} .*\\S`, "m"));
    }
    for (const option of ["--dataset", "--classifiers", "--repeats", "--test-size", "--seed", "--detector"]) {
      expect(evalHelp!.stdout).toContain(option);
    }
    expect(version!.stdout).toBe(`${JSON.parse(readFileSync(manifest, "utf8")).version}\n`);
  });

  it.concurrent("prints the help to stderr where no command is given", async () => {
    const run = await runCli([]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(/^Usage: facelab/);
  });

  // What is wrong, then what would be right.
  it.concurrent.each([
    ["evaluate", /unknown command 'evaluate'/],
    ["eval --datset x", /unknown option '--datset'\n\(Did you mean --dataset\?\)/],
    ["eval --dataset", /'--dataset <path>' argument missing/],
    ["eval folder", /too many arguments for 'eval'/],
    ["extract", /missing required argument 'folder'/],
    ["eval --detector mtcn", /'mtcn' is invalid\. Allowed choices are mtcnn, ssd, tiny, haar, yunet\./],
    ["eval --engine torch", /'torch' is invalid\. Allowed choices are onnx, .*face-api/],
    ["embed faces.npz --precision int4", /'int4' is invalid\. Allowed choices are fp32, int8, auto\./],
    ["eval --precision half", /'half' is invalid\. Allowed choices are fp32, int8, auto\./],
    ["eval --face biggest", /'biggest' is invalid\. Allowed choices are centre, largest, all, only\./],
    ["eval --classifiers svm,tree", /unknown: tree \(expected svm, cosine, knn/],
    ["eval --classifiers knn,svm,knn", /knn stands in it twice/],
    ["eval --test-size 2", /'2' is invalid\. must be a number > 0 and < 1\./],
    ["eval --budget 0", /'0' is invalid\. must be a number > 0/],
    ["eval --repeats 0", /'0' is invalid\. must be an integer >= 1\./],
    ["eval --seed -1", /'-1' is invalid\. must be an integer >= 0\./],
    ["eval --people 1", /'1' is invalid\. must be an integer >= 2\./],
    ["train people --classifier majority", /'majority' is invalid\. Allowed choices are svm, cosine, knn/],
    ["recognise a.jpg", /required option '--model <file>' not specified/],
    ["recognise --model m.json", /missing required argument 'photo'/],
    ["recognise a.jpg --model m.json --threshold 2", /'2' is invalid\. must be a number >= -1 and <= 1\./],
    ["verify a.jpg", /missing required argument 'b'/],
    ["eval --min-face 3", /'3' is invalid\. must be an integer >= 12\./],
  ])("refuses `%s` with exit code 2", async (line, message) => {
    const run = await runCli(line.split(" "));
    expect(run.stderr).toMatch(message);
    expect(run.stderr).toMatch(/^error: [^\n]+\n(\(Did you mean [^\n]+\n)?\(--help lists the options\)\n$/);
    expect(run).toMatchObject({ code: 2, stdout: "" });
  });
});
