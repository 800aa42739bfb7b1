import type { BasePhoto, Specimen } from "./hostile-file.js";

const names = [
  `${"a".repeat(251)}.jpg`,
  `${"é".repeat(125)}.jpg`,
  "two\nlines.jpg",
  "quotes \"' `.jpg",
  "-rf.jpg",
  "--output.jpg",
  "\u{1f600}\u{1f468}\u{200d}\u{1f469}.jpg",
  "\u202egpj.exe.jpg",
  "\u05e9\u05dc\u05d5\u05dd.jpg",
  "\u001b[31m\u0007red\r.jpg",
  " .jpg",
  "a, b;c|d&e$(id).jpg",
  "<script>alert(1)</script>.jpg".replaceAll("/", "\\"),
  "=1+1.jpg",
  "__proto__.jpg",
  "%s%n%00.jpg",
  "\ufffd.jpg",
];

/** Files whose names are trouble for terminals, shells, spreadsheets and pages; every fourth one shows the face. Not for Windows. */
export function oddNames({ png }: BasePhoto): Specimen[] {
  const utf8 = names.map(
    (name, i): Specimen =>
      i % 4 === 0
        ? { name, outcome: "face", near: 0, make: png }
        : { name, outcome: "unreadable", word: "the file is empty", make: Buffer.alloc(0) },
  );
  // macOS refuses to make these.
  const bytes = process.platform === "linux" ? [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80]] : [];
  const others = bytes.map(
    (odd): Specimen => ({
      name: Buffer.concat([Buffer.from(odd), Buffer.from("odd.jpg")]),
      outcome: "not a photo",
      word: "not UTF-8",
      make: png,
    }),
  );
  return [...utf8, ...others];
}
