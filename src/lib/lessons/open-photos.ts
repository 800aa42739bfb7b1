import { homedir } from "node:os";
import { drawPerPerson } from "../datasets/draw-per-person.js";
import { loadFolder } from "../datasets/load-folder.js";
import type { Photo } from "../datasets/photo.js";
import { showProgress } from "../notebook/show-progress.js";
import { createRandom } from "../random.js";
import { type LessonPhotos, rememberLesson } from "./lesson.js";
import { lfwFolder } from "./lesson-dataset.js";
import { sampleFolder } from "./sample-folder.js";

/** A lesson is to be run in a minute: so many people of LFW, and so many photos of each, are drawn. */
const LFW_DRAW = { people: 12, photosPerPerson: 10, minPhotos: 10 };

/**
 * Opens the photos of a notebook, says what is in them, and makes them what exercises are checked against.
 * @param dataset a folder with one folder of photos per person; `lfw` for twelve people of LFW, where its photos are here; empty for the
 *   sample photos that ship with face-api, ten variations of each face.
 * @throws InputError as `loadFolder` does, or where LFW is not here.
 */
export async function openPhotos(dataset = ""): Promise<LessonPhotos> {
  const random = createRandom(0);
  const folder =
    dataset === ""
      ? await sampleFolder(showProgress("sample photos"))
      : dataset === "lfw"
        ? lfwFolder()
        : dataset;
  const { samples, ignored } = await loadFolder(folder);
  const photos = dataset === "lfw" ? drawn(samples, LFW_DRAW) : samples;
  const people = new Set(photos.map(({ label }) => label)).size;
  const aside = ignored.length === 0 ? "" : `, ${ignored.length} other files or folders not used`;
  console.log(`${photos.length} photos of ${people} people in ${shortPath(folder)}${aside}`);
  const lesson = { folder, photos, random };
  rememberLesson({ photos: lesson });
  return lesson;
}

/** Without the name of whoever uses this machine: notebooks are handed in. */
function shortPath(path: string): string {
  return path.startsWith(homedir()) ? `~${path.slice(homedir().length)}` : path;
}

function drawn(samples: readonly Photo[], options: typeof LFW_DRAW): Photo[] {
  const labels = samples.map(({ label }) => label);
  const rows = drawPerPerson(labels, { ...options, random: createRandom(0).fork("draw") });
  return rows.map((row) => samples[row] as Photo);
}
