import { mkdir, readdir, rmdir } from "node:fs/promises";
import { InputError } from "facelab";
import { lock } from "proper-lockfile";

/** A lock that is not renewed for so long was left by a process that was killed: an experiment may compute for half of that without a pause. */
const STALE_SECONDS = 60;

/**
 * Runs something while no other process writes into a folder, which is made where it is missing, and then removed again where it stays empty.
 * @throws InputError where another run has it, or has taken it meanwhile.
 */
export async function alone<T>(folder: string, run: () => Promise<T>): Promise<T> {
  const made = await mkdir(folder, { recursive: true });
  let lost: Error | undefined;
  const options = { lockfilePath: `${folder}.lock`, stale: 1000 * STALE_SECONDS };
  const onCompromised = (error: Error): void => {
    lost = error;
  };
  const release = await lock(folder, { ...options, onCompromised }).catch((cause: Error) => {
    if ((cause as NodeJS.ErrnoException).code !== "ELOCKED") throw cause;
    throw new InputError(
      `another run writes into ${folder} (wait until it is done; what a killed one left counts for ${STALE_SECONDS} seconds)`,
      { cause },
    );
  });
  try {
    const done = await run();
    if (lost !== undefined) {
      throw new InputError(`${folder} was not kept for this run alone (${lost.message}; run it again)`, {
        cause: lost,
      });
    }
    return done;
  } finally {
    // There is nothing left to release where it was lost, and the folder is another run's.
    if (lost === undefined) {
      try {
        if (made !== undefined) await removeIfEmpty(folder);
      } finally {
        await release();
      }
    }
  }
}

/** Nothing came of the run that made it. */
async function removeIfEmpty(folder: string): Promise<void> {
  if ((await readdir(folder)).length === 0) await rmdir(folder);
}
