/** Memory for one call at a time. What is asked for holds anything, and is the same memory again when it is asked for the next time. */
export interface Scratch {
  /** So many 32-bit floats, for the input of a network: until the next call of `floats`. */
  floats(length: number): Float32Array;
  /** So many 32-bit whole numbers: until the next call of `words`. */
  words(length: number): Uint32Array;
  /** So many bytes: until the next call of `bytes`. */
  bytes(length: number): Uint8Array;
}

/** Lends scratch memory to calls that may overlap. */
export interface ScratchLender {
  /** Runs a function with memory that is its own until its promise is settled; then the next call gets it. */
  lend<T>(work: (scratch: Scratch) => Promise<T>): Promise<T>;
}

/** Of each kind. Photos that need more are rare, and take so long that new memory costs nothing beside. */
const MOST_KEPT_BYTES = 32 * 2 ** 20;
/** Calls that overlap are as many as photos that are worked on at once, and each would keep its memory for good. */
const MOST_KEPT = 2;

/**
 * Memory that is used again from photo to photo. Typed arrays live outside of V8's heap, and V8 collects its whole heap after about every 8 MB
 * of them: at 250 pixels that was every five photos in each worker thread, with threads of its own that the workers then lacked.
 */
export function scratchLender(): ScratchLender {
  const free: Scratch[] = [];
  return {
    async lend(work) {
      const scratch = free.pop() ?? newScratch();
      try {
        return await work(scratch);
      } finally {
        if (free.length < MOST_KEPT) free.push(scratch);
      }
    },
  };
}

function newScratch(): Scratch {
  return { floats: reused(Float32Array), words: reused(Uint32Array), bytes: reused(Uint8Array) };
}

function reused<T extends Float32Array | Uint32Array | Uint8Array>(
  Numbers: new (length: number) => T,
): (length: number) => T {
  let kept = new Numbers(0);
  return (length) => {
    if (kept.length < length) {
      // A power of two: photos of slowly growing sizes do not each take new memory.
      const larger = 2 ** Math.ceil(Math.log2(length));
      if (larger * kept.BYTES_PER_ELEMENT > MOST_KEPT_BYTES) return new Numbers(length);
      kept = new Numbers(larger);
    }
    return kept.subarray(0, length) as T;
  };
}
