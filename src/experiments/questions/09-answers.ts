import { chooseDetector, drawPerPerson, type Embedding, InputError, ownPipeline, type Sample } from "facelab";
import { embedOrStandIn } from "../embed-or-stand-in.js";
import { type ImageMethod, imageMethods } from "./09-methods.js";
import { type LfwMaterial, lfwMaterial, lfwPhotos, requireLfwPhotos } from "./lfw-material.js";
import type { QuestionContext } from "./question.js";
import type { Cell, Records } from "./records.js";

/** People, and photos of each: as many as many courses begin with. */
const PEOPLE = 25;
const PHOTOS = { learned: 15, tested: 5 } as const;
const REPEATS = 3;

/** Whether a method was run, and how long fitting took. */
export interface ImageOutcome {
  readonly name: string;
  /** Numbers a photo. */
  readonly dimensions?: number;
  /** Mean over the repeats, in seconds on the machine that measured. */
  readonly fitSeconds?: number;
  readonly notRun?: string;
}

/** Column of what a method answered. */
export const answerColumn = (name: string): string => `answer of ${name}`;

/** Every method on the same photos of people drawn anew in each repeat. */
export async function imageAnswers(context: QuestionContext): Promise<Records> {
  const { quick, random, say } = context;
  const lfw = await lfwMaterial();
  const draws = Array.from({ length: quick ? 1 : REPEATS }, (_, repeat) =>
    drawn(lfw, random.fork(`draw ${repeat}`)),
  );
  const tested = draws.flatMap((draw, repeat) => draw.tested.map((row) => ({ repeat, row })));
  const columns: Record<string, readonly Cell[]> = {
    repeat: tested.map(({ repeat }) => repeat),
    row: tested.map(({ row }) => row),
    person: tested.map(({ row }) => lfw.names[row]!),
  };
  const outcomes: ImageOutcome[] = [];
  for (const method of imageMethods) {
    const { name } = method;
    say(`  ${name}`);
    try {
      const rows = [...new Set(draws.flatMap((draw) => [...draw.learned, ...draw.tested]))];
      const numbers = await numbersOf(method, rows, lfw, context);
      const sample = (row: number): Sample => ({ embedding: numbers(row), label: lfw.names[row]! });
      const answers: Cell[] = [];
      let seconds = 0;
      for (const [repeat, draw] of draws.entries()) {
        const started = performance.now();
        const model = await method.classifier().fit(draw.learned.map(sample), random.fork(`fit ${repeat}`));
        seconds += (performance.now() - started) / 1000 / draws.length;
        for (const row of draw.tested) {
          const answer = model.predict(numbers(row));
          answers.push(answer.kind === "person" ? answer.label : null);
        }
      }
      columns[answerColumn(name)] = answers;
      const dimensions = numbers(draws[0]!.tested[0]!).length;
      outcomes.push({ name, dimensions, fitSeconds: Number(seconds.toPrecision(2)) });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      outcomes.push({ name, notRun: error.message });
      say(`    not run: ${error.message}`);
    }
  }
  return {
    about: { people: PEOPLE, ...PHOTOS, repeats: draws.length, quick, methods: outcomes },
    tables: { answers: columns },
  };
}

function drawn(lfw: LfwMaterial, random: QuestionContext["random"]) {
  const draw = (photosPerPerson: number): number[] =>
    drawPerPerson(lfw.names, {
      ...{ people: PEOPLE, minPhotos: PHOTOS.learned + PHOTOS.tested },
      ...{ photosPerPerson, random },
    });
  // Fewer photos are a part of more.
  const learned = draw(PHOTOS.learned);
  return {
    learned,
    tested: draw(PHOTOS.learned + PHOTOS.tested).filter((row) => !learned.includes(row)),
  };
}

/** A photo's numbers, by its row. */
async function numbersOf(
  { numbers }: ImageMethod,
  rows: readonly number[],
  lfw: LfwMaterial,
  { quick, data, cache, onProgress }: QuestionContext,
): Promise<(row: number) => Embedding> {
  if (numbers === "shipped") return (row) => lfw.embeddings[row]!;
  if (quick) throw new InputError("left out by --quick");
  requireLfwPhotos(data);
  const pipeline = ownPipeline({ detector: await chooseDetector(), embedder: await numbers(), cache });
  const { embeddings } = await embedOrStandIn(lfwPhotos(data, lfw, rows), pipeline, onProgress);
  const places = new Map(rows.map((row, i) => [row, i]));
  return (row) => embeddings[places.get(row)!]!;
}
