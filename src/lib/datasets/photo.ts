/** A photo of a person, by its path. `part` is set where the dataset itself is divided. */
export interface Photo {
  readonly path: string;
  readonly label: string;
  readonly part?: "train" | "test";
}

/** What tells whether two photos are one. */
export interface PhotoIdentity {
  /** Of the file's bytes, in hexadecimal; absent where it could not be read, or a dataset's file does not say. */
  readonly sha256?: string;
  /** As of `imageHash`; absent where it could not be decoded, is in one colour, or a dataset's file does not say. */
  readonly imageHash?: string;
}

/** A file or folder that a loader did not use, and why. */
export interface Ignored {
  readonly path: string;
  readonly reason: string;
}

/** A person who was left out for having too few photos. */
export interface LeftOut {
  readonly label: string;
  readonly photos: number;
}

/** What a loader found. */
export interface PhotoDataset {
  readonly name: string;
  /** Sorted by label, then part (train first), then path, all by code point. */
  readonly samples: readonly Photo[];
  readonly ignored: readonly Ignored[];
  readonly leftOut: readonly LeftOut[];
}

/** Counts ignored files by reason, the most frequent first: what a caller prints. */
export function countReasons(ignored: readonly Ignored[]): { reason: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { reason } of ignored) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}
