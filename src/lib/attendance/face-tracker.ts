import { boxOverlap } from "../metrics/box-overlap.js";
import type { Detection } from "../types.js";

/** One face, followed from frame to frame. */
export interface FaceTrack {
  /** Counted from 1. */
  readonly id: number;
  readonly face: Detection;
  /** When it was last seen, in the seconds of the frames. */
  readonly seconds: number;
  /** Whether it moved so far, or was away, that it may be somebody else by now. True where it begins. */
  readonly doubtful: boolean;
}

/** How {@link faceTracker} follows. Chosen by hand. */
export interface TrackerOptions {
  /** Least overlap (IoU) of a face with the one before it, to be the same. @default 0.3 */
  readonly sameFrom?: number;
  /** Below this overlap it is the same, but to be asked again. @default 0.5 */
  readonly sureFrom?: number;
  /** For how many seconds a face may be away. @default 1 */
  readonly patience?: number;
}

/** Follows faces: each call takes the next frame's faces and returns the tracks that are seen in it, in the order of the faces. */
export type FaceTracker = (faces: readonly Detection[], seconds: number) => FaceTrack[];

/** Follows faces from frame to frame by the overlap of their boxes, the largest overlaps first; whoever is nobody's next begins a track. */
export function faceTracker({
  sameFrom = 0.3,
  sureFrom = 0.5,
  patience = 1,
}: TrackerOptions = {}): FaceTracker {
  let tracks: FaceTrack[] = [];
  let frameBefore = Number.NEGATIVE_INFINITY;
  let count = 0;
  return (faces, seconds) => {
    const known = tracks.filter((track) => seconds - track.seconds <= patience);
    const pairs = known
      .flatMap((track) =>
        faces.map((face) => ({ track, face, overlap: boxOverlap(track.face.box, face.box) })),
      )
      .filter(({ overlap }) => overlap >= sameFrom)
      .sort((a, b) => b.overlap - a.overlap);
    const next = new Map<Detection, FaceTrack>();
    const taken = new Set<FaceTrack>();
    for (const { track, face, overlap } of pairs) {
      if (next.has(face) || taken.has(track)) continue;
      taken.add(track);
      const away = track.seconds < frameBefore;
      next.set(face, { id: track.id, face, seconds, doubtful: away || overlap < sureFrom });
    }
    const seen = faces.map(
      (face): FaceTrack => next.get(face) ?? { id: ++count, face, seconds, doubtful: true },
    );
    tracks = [...seen, ...known.filter((track) => !taken.has(track))];
    frameBefore = seconds;
    return seen;
  };
}
