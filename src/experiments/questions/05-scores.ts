import type { Embedding } from "facelab";
import { type Candidate, fitUnknown, unknownMethods } from "./05-methods.js";
import { drawRoles } from "./05-roles.js";
import { lfwMaterial } from "./lfw-material.js";
import type { QuestionContext } from "./question.js";
import type { Cell, Records } from "./records.js";

/** Draws of who is enrolled. */
const REPEATS = 10;
const QUICK_REPEATS = 2;

/** What a photo is asked for. */
export type Role = "enrolled" | "threshold" | "test";
const ROLES: readonly Role[] = ["enrolled", "threshold", "test"];

/** Column of the scores of a method: null where it names nobody at any threshold. */
export const scoreColumn = (name: string): string => `score of ${name}`;
/** Column that says whether a method's candidate is who it is. */
export const rightColumn = (name: string): string => `right by ${name}`;

/** Each method's candidate for each photo asked about, in several draws of who is enrolled. */
export async function unknownScores(context: QuestionContext): Promise<Records> {
  const { random, quick, onProgress } = context;
  const lfw = await lfwMaterial();
  const repeats = quick ? QUICK_REPEATS : REPEATS;
  const probes = table(
    "repeat",
    "row",
    "role",
    "person",
    ...unknownMethods.flatMap(({ name }) => [scoreColumn(name), rightColumn(name)]),
  );
  const fits = table(
    "repeat",
    "people",
    "photos",
    "svmC",
    "cosineThreshold",
    "gateCosine",
    "gateProbability",
  );
  for (let repeat = 1; repeat <= repeats; repeat++) {
    const stream = random.fork(`repeat ${repeat}`);
    const roles = drawRoles(lfw, stream.fork("roles"));
    const samples = roles.train
      .filter((row) => lfw.found[row])
      .map((row) => ({ embedding: lfw.embeddings[row] as Embedding, label: lfw.names[row] as string }));
    const models = await fitUnknown(samples, stream.fork("fit"));
    const people = new Set(samples.map(({ label }) => label)).size;
    fits.add({ repeat, people, photos: samples.length, ...models.own });
    for (const role of ROLES) {
      for (const row of roles[role]) {
        const person = lfw.names[row] as string;
        // Where no face was found nobody is asked.
        const candidates = lfw.found[row] ? models.ask(lfw.embeddings[row] as Embedding) : undefined;
        const answers = unknownMethods.flatMap(({ name }): [string, Cell][] => {
          const candidate: Candidate | undefined = candidates?.[name];
          return [
            [scoreColumn(name), candidate?.score ?? null],
            [rightColumn(name), candidate?.label === person],
          ];
        });
        probes.add({ repeat, row, role, person, ...Object.fromEntries(answers) });
      }
    }
    onProgress(repeat, repeats);
  }
  const { detector, embedder } = lfw.provenance ?? {};
  const made = [detector, embedder].map((step) => `${step?.name} ${step?.models[0]?.sha256.slice(0, 12)}`);
  return {
    about: { made: made.join(", "), seed: random.key },
    tables: { probes: probes.columns, fits: fits.columns },
  };
}

function table(...names: string[]) {
  const columns: Record<string, Cell[]> = Object.fromEntries(names.map((name) => [name, []]));
  return {
    columns,
    add(row: Readonly<Record<string, Cell>>): void {
      for (const name of names) columns[name]!.push(row[name] as Cell);
    },
  };
}
