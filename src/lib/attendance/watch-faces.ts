import type { Recogniser } from "../recognition/recogniser.js";
import type { Detector, Embedder, RgbImage } from "../types.js";
import { type AttendanceAnswer, attendanceAnswer } from "./attendance-answer.js";
import { type FaceTrack, faceTracker } from "./face-tracker.js";
import type { VideoFrame } from "./video-frames.js";

/** So many equal answers in a row are firm. */
const FIRM = 3;
/** After so many without a firm one somebody has to look. */
const GIVE_UP = 12;
/** A firm face is asked about again after so many seconds at the earliest, however doubtful it is. */
const ASK_AGAIN = 1;
/** After so many seconds a firm face is doubtful by itself: somebody may have stepped into another's place between two frames. */
const FIRM_FOR = 2;

/** A followed face in one frame, with what is known of it. */
export interface WatchedFace extends FaceTrack {
  /** The firm answer; undefined until there is one. */
  readonly answer?: AttendanceAnswer;
  /** Whether the answer became firm, or another one, in this very frame. */
  readonly news: boolean;
}

/** One frame, with the faces in it. */
export interface WatchedFrame extends VideoFrame {
  readonly faces: readonly WatchedFace[];
  /** Faces embedded so far, in all frames. */
  readonly embedded: number;
}

/** Who looks at the frames. */
export interface WatchOptions {
  readonly recogniser: Recogniser;
  readonly detector: Detector;
  readonly embedder: Embedder;
  /** As for `attendanceAnswer`. */
  readonly reviewMargin?: number;
}

interface TrackState {
  readonly answers: AttendanceAnswer[];
  firm?: AttendanceAnswer;
  asked: number;
  /** Until it is asked again: a doubt does not pass by waiting. */
  doubt: boolean;
}

/**
 * Follows faces through a video and says who they are. A face is embedded when its track begins, until three answers in a row agree, and
 * then only when the track becomes doubtful, by a jump, an absence or two seconds, at most once a second. Where no three agree within twelve, it is a close call to look at.
 */
export async function* watchFaces(
  frames: AsyncIterable<VideoFrame>,
  { recogniser, detector, embedder, reviewMargin }: WatchOptions,
): AsyncGenerator<WatchedFrame> {
  const track = faceTracker();
  const states = new Map<number, TrackState>();
  let embedded = 0;
  for await (const frame of frames) {
    const tracks = track(await detector.detect(frame.image), frame.seconds);
    const asked = tracks.filter((one) => toAsk(one, stateOf(states, one.id)));
    const embeddings = await embedder.embed(asked.map(({ face }) => chip(embedder, frame.image, face)));
    embedded += asked.length;
    const news = new Set<number>();
    for (const [i, { id, seconds }] of asked.entries()) {
      const state = stateOf(states, id);
      const answer = attendanceAnswer(recogniser, embeddings[i] as Float32Array, reviewMargin);
      if (take(state, answer, seconds)) news.add(id);
    }
    const faces = tracks.map((one) => ({
      ...one,
      answer: stateOf(states, one.id).firm,
      news: news.has(one.id),
    }));
    yield { ...frame, faces, embedded };
  }
}

function stateOf(states: Map<number, TrackState>, id: number): TrackState {
  const state = states.get(id) ?? { answers: [], asked: Number.NEGATIVE_INFINITY, doubt: false };
  states.set(id, state);
  return state;
}

function toAsk({ doubtful, seconds }: FaceTrack, state: TrackState): boolean {
  state.doubt ||= doubtful;
  return state.firm === undefined || seconds - state.asked >= (state.doubt ? ASK_AGAIN : FIRM_FOR);
}

function chip({ aligner }: Embedder, image: RgbImage, { landmarks }: FaceTrack["face"]): RgbImage {
  return aligner.align(image, landmarks);
}

/** Takes an answer in. @returns whether it made a firm one that was not there before. */
function take(state: TrackState, answer: AttendanceAnswer, seconds: number): boolean {
  state.asked = seconds;
  state.doubt = false;
  if (state.firm !== undefined) {
    if (same(state.firm, answer)) return false;
    // Somebody else may stand there now: nothing that was said before counts.
    state.firm = undefined;
    state.answers.length = 0;
  }
  state.answers.push(answer);
  const last = state.answers.slice(-FIRM);
  if (last.length === FIRM && last.every((one) => same(one, answer))) state.firm = clearest(last);
  else if (state.answers.length >= GIVE_UP) state.firm = undecided(state.answers);
  return state.firm !== undefined;
}

const same = (a: AttendanceAnswer, b: AttendanceAnswer): boolean =>
  a.kind === b.kind && (a.kind === "unknown" || a.label === b.label);

function clearest(answers: readonly AttendanceAnswer[]): AttendanceAnswer {
  return answers.reduce((best, one) => (one.distance < best.distance ? one : best));
}

/** A close call between the nearest candidate and the nearest other one; of a face that was never named it stays unknown. */
function undecided(answers: readonly AttendanceAnswer[]): AttendanceAnswer {
  const best = clearest(answers);
  if (answers.every(({ kind }) => kind === "unknown")) return best;
  const others = answers.filter(({ label }) => label !== best.label);
  const other = others.length > 0 ? clearest(others).label : best.other;
  return { ...best, kind: "review", other };
}
