import type { Random } from "facelab";
import type { BasePhoto, Specimen } from "./hostile-file.js";

/** Photos damaged by chance: of every four, three with random bytes after a valid beginning, and a JPEG with flipped bits. */
export function randomDamage({ png, jpeg, webp, pgm }: BasePhoto, count: number, random: Random): Specimen[] {
  const formats = Object.entries({ png, jpg: jpeg, webp, pgm });
  return Array.from({ length: count }, (_, i): Specimen => {
    const stream = random.fork(`damage ${i}`);
    if (i % 4 === 3) return { name: `flipped ${i}.jpg`, outcome: "any", make: flipped(jpeg, stream) };
    const [suffix, bytes] = formats[stream.integer(formats.length)]!;
    const valid = 4 + stream.integer(700);
    const rest = Uint8Array.from({ length: stream.integer(4000) }, () => stream.integer(256));
    const make = Buffer.concat([bytes.subarray(0, valid), rest]);
    return { name: `random ${i}.${suffix}`, outcome: "any", make };
  });
}

function flipped(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  const flips = 1 + random.integer(10);
  for (let flip = 0; flip < flips; flip++) copy[random.integer(copy.length)]! ^= 1 << random.integer(8);
  return copy;
}
