import { mkdir } from "node:fs/promises";
import { InputError } from "facelab";
import { lock } from "proper-lockfile";

/**
 * Runs something while no other process writes into a folder, which is made where it is missing.
 * A lock that its owner left by being killed counts for ten seconds longer.
 * @throws InputError where another run has it.
 */
export async function alone<T>(folder: string, run: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const release = await lock(folder, { lockfilePath: `${folder}.lock` }).catch((cause: Error) => {
    if ((cause as NodeJS.ErrnoException).code !== "ELOCKED") throw cause;
    throw new InputError(
      `another run writes into ${folder} (wait until it is done; a killed one's lock counts for ten seconds)`,
      { cause },
    );
  });
  try {
    return await run();
  } finally {
    await release();
  }
}
