import { InputError } from "facelab";
import { expect, it } from "vitest";
import { requireEveryPhoto } from "../../src/experiments/dist/strict.js";

const deeper = { path: "Ada/more", reason: "folder inside of a person's folder" };
const notes = { path: "Ada/notes.txt", reason: "not a photo (.txt)" };

it("--strict refuses a folder that nobody has looked into, but no notes", () => {
  const strict = { strict: true };
  const photos = [{ kind: "face", path: "Ada/1.jpg" }];
  expect(() => requireEveryPhoto(strict, photos, [notes, deeper])).toThrow(
    new InputError(
      "--strict: 0 of 1 photos without a face, 1 not used; the first is Ada/more (folder inside of a person's folder; put it right or leave --strict out)",
    ),
  );
  requireEveryPhoto(strict, photos, [notes]);
  requireEveryPhoto({}, photos, [deeper]);
});
