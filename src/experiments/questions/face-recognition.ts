import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { type DiskCache, type Embedding, InputError } from "facelab";
import { inCheckout } from "../paths.js";

const SCRIPT = inCheckout("src/experiments/questions/face_recognition_embeddings.py");

interface Answer {
  readonly found: boolean;
  readonly embedding: readonly number[];
}

/**
 * Embeddings by Python's face_recognition, photo by photo; what is in the cache is not computed again.
 * @param workers Python processes side by side.
 * @throws InputError where the Python named in FACELAB_PYTHON cannot do it.
 */
export async function faceRecognitionEmbeddings(
  photos: readonly string[],
  workers: number,
  cache: DiskCache | undefined,
  onProgress: (done: number, total: number) => void,
): Promise<{ embeddings: Embedding[]; withoutFace: number; made: string }> {
  const script = await readFile(SCRIPT, "utf8");
  const answers = new Array<Answer>(photos.length);
  let [next, done, made] = [0, 0, ""];
  const work = async (): Promise<void> => {
    const python = new PythonLines();
    try {
      made = (JSON.parse(await python.read()) as { made: string }).made;
      while (next < photos.length) {
        const i = next++;
        const path = photos[i] as string;
        const key = ["face_recognition", made, script, path];
        const known = (await cache?.get(key)) as Answer | undefined;
        answers[i] = known ?? (JSON.parse(await python.ask(path)) as Answer);
        if (known === undefined) await cache?.put(key, answers[i]);
        onProgress(++done, photos.length);
      }
    } finally {
      python.end();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return {
    embeddings: answers.map(({ embedding }) => Float32Array.from(embedding)),
    withoutFace: answers.filter(({ found }) => !found).length,
    made,
  };
}

/** The script, asked line by line. */
class PythonLines {
  readonly #python = process.env.FACELAB_PYTHON ?? "python3";
  readonly #child: ChildProcessWithoutNullStreams = spawn(this.#python, [SCRIPT]);
  readonly #lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  readonly #ended: Promise<unknown> = once(this.#child, "close").catch((error: Error) => error);
  #errors = "";

  constructor() {
    this.#child.stderr.on("data", (part) => {
      this.#errors += String(part);
    });
    // What it was to be told when it had ended already: `read` says why it did.
    this.#child.stdin.on("error", () => {});
  }

  async read(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (!done) return value;
    const failure = await this.#ended;
    const reason = failure instanceof Error ? failure.message : this.#errors.trim().split("\n").at(-1);
    throw new InputError(
      `needs Python with face_recognition: ${this.#python} (${reason}; name another in FACELAB_PYTHON, see src/experiments/bench/README.md)`,
    );
  }

  ask(line: string): Promise<string> {
    this.#child.stdin.write(`${line}\n`);
    return this.read();
  }

  end(): void {
    this.#child.stdin.end();
    this.#child.kill();
  }
}
