import { basename, extname } from "node:path";

const SUFFIX = ".recognised.png";
/** Bytes; file systems take 255 with the suffix, and a temporary file's is longer. */
const LONGEST = 150;

/**
 * Names for pictures of photos from anywhere, in one folder: `lunch.recognised.png`, and `lunch-2.recognised.png` for the next photo
 * called lunch. Upper and lower case count as the same, as they do on many disks.
 */
export function pictureNames(): (photo: string) => string {
  const taken = new Set<string>();
  return (photo) => {
    const stem = shortened(basename(photo, extname(photo)));
    let name = stem;
    for (let n = 2; taken.has(key(name)); n++) name = `${stem}-${n}`;
    taken.add(key(name));
    return `${name}${SUFFIX}`;
  };
}

function key(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

function shortened(name: string): string {
  let characters = [...name];
  while (Buffer.byteLength(characters.join("")) > LONGEST) characters = characters.slice(0, -1);
  return characters.join("");
}
