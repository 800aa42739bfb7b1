/** What must become of a file: `any` for random damage, of which it is only known that nothing may crash or hang. */
export type Outcome = "face" | "no face" | "unreadable" | "not a photo" | "not listed" | "any";

/** A file to make in a person's folder, with what must become of it. */
export interface Specimen {
  /** The file's name; bytes where it is not UTF-8. */
  readonly name: string | Buffer;
  readonly outcome: Outcome;
  /** A word that the reason must hold, where there is a reason. */
  readonly word?: string;
  /** How far the embedding may be from the base photo's, where it shows the same face. */
  readonly near?: number;
  /** The content, or what makes the file at a path. */
  readonly make: Uint8Array | ((path: string | Buffer) => unknown);
}

/** The photo that others are made of: one face, 300 pixels wide, in four formats. */
export interface BasePhoto {
  readonly png: Buffer;
  readonly jpeg: Buffer;
  readonly webp: Buffer;
  readonly pgm: Buffer;
}
