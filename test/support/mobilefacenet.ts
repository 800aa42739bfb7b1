import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EmbedderDescription } from "facelab";
import { sharedPath } from "./shared.js";
import { temporaryFolder } from "./temporary-folder.js";

export const mobileFaceNet = "models/mobilefacenet/MobileFaceNet.onnx";

const description: EmbedderDescription = {
  name: "mobilefacenet",
  input: { size: 112, layout: "NCHW", colour: "RGB", mean: 127.5, scale: 127.5 },
  alignment: "arcface",
  normalise: true,
  licence: "Apache-2.0",
};

/** A folder with the network of ../shared and its description; the path of the network. */
export async function describedMobileFaceNet(): Promise<string> {
  const path = join(await temporaryFolder(), "MobileFaceNet.onnx");
  await symlink(sharedPath(mobileFaceNet), path);
  await writeFile(path.replace(/onnx$/, "json"), JSON.stringify(description));
  return path;
}
