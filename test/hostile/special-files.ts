import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { BasePhoto, Specimen } from "./hostile-file.js";

/** What is no regular file, or a link to something odd; not for Windows. */
export function specialFiles({ jpeg }: BasePhoto): Specimen[] {
  const ignored = (name: string, word: string, make: (path: string) => unknown): Specimen => ({
    name,
    outcome: "not a photo",
    word,
    make: (path) => make(String(path)),
  });
  const link = (target: string) => (path: string | Buffer) => symlinkSync(target, path);
  const noFile = "neither a file nor a folder";
  const root = process.getuid?.() === 0;
  return [
    ignored("pipe.jpg", noFile, (path) => {
      if (spawnSync("mkfifo", [path]).status !== 0) throw new Error("mkfifo does not work here");
    }),
    ignored("link to a pipe.jpg", noFile, link("pipe.jpg")),
    ignored("socket.jpg", noFile, async (path) => {
      // Closing it would delete the file; unreferenced, it does not keep the process alive.
      await new Promise<void>((resolve, reject) => {
        createServer().on("error", reject).listen(path, resolve).unref();
      });
    }),
    ignored("zeros.jpg", noFile, link("/dev/zero")),
    { name: "link.jpg", outcome: "face", near: 0, make: link("good.png") },
    { name: "link to a link.jpg", outcome: "face", near: 0, make: link("link.jpg") },
    ignored("broken link.jpg", "broken link", link("nowhere.jpg")),
    ignored("link below a file.jpg", "broken link", link("good.png/x.jpg")),
    ignored("link with a long name.jpg", "broken link", link(`${"x".repeat(300)}.jpg`)),
    ignored("circle a.jpg", "broken link", link("circle b.jpg")),
    ignored("circle b.jpg", "broken link", link("circle a.jpg")),
    ignored("link to the folder.jpg", "link to a folder that holds this one", link(".")),
    ignored("link to all.jpg", "link to a folder that holds this one", link("..")),
    ignored("folder.jpg", "folder inside of a person's folder", (path) => {
      mkdirSync(path);
      writeFileSync(`${path}/inside.jpg`, jpeg);
      symlinkSync("..", `${path}/up`);
    }),
    {
      // Root reads everything: test/experiments/hostile.test.ts looks at it as nobody.
      name: "locked.jpg",
      outcome: root ? "face" : "unreadable",
      word: root ? undefined : "permission denied",
      make: async (path) => {
        await writeFile(path, jpeg);
        await chmod(path, 0);
      },
    },
  ];
}
