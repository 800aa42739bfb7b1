import { randomUUID } from "node:crypto";
import { inNotebook, writeOutput } from "./tslab-output.js";

/** Milliseconds between two updates: each one is a message to the browser. */
const PAUSE = 200;

/**
 * A line that counts below the cell: `photos: 12 of 93`. Outside of a notebook it says nothing.
 * @param label what is counted.
 * @returns to be given as `onProgress`.
 */
export function showProgress(label: string): (done: number, total: number) => void {
  const id = randomUUID();
  let last = Number.NEGATIVE_INFINITY;
  return (done, total) => {
    if (!inNotebook() || (done < total && performance.now() - last < PAUSE)) return;
    const update = last !== Number.NEGATIVE_INFINITY;
    last = performance.now();
    writeOutput({ data: { "text/plain": `${label}: ${done} of ${total}` }, metadata: {} }, id, update);
  };
}
