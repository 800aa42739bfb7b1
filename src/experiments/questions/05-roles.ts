import { drawPerPerson, type LfwEmbeddings, type Random, stratifiedSplits } from "facelab";

/** Of whom half are enrolled. */
export const MIN_PHOTOS = 10;
/** So that nobody's hundreds of photos decide alone. */
export const MOST_PHOTOS = 20;

/** Who is what in one repeat, as rows of the embeddings. */
export interface Roles {
  /** Photos of the people enrolled, to learn from. */
  readonly train: readonly number[];
  /** Other photos of the people enrolled. */
  readonly enrolled: readonly number[];
  /** Photos of people that thresholds are set on. */
  readonly threshold: readonly number[];
  /** Photos of further people that rates are measured on. */
  readonly test: readonly number[];
}

/**
 * Draws who is enrolled: half of the people with many photos, divided into photos to learn from and to test on. The other half are strangers,
 * with as many photos each as one of those enrolled is tested on; so is everybody with fewer photos, with one photo. Strangers are divided
 * into two by person.
 */
export function drawRoles({ names }: Pick<LfwEmbeddings, "names">, random: Random): Roles {
  const rows = new Map<string, number[]>();
  for (const [row, name] of names.entries()) {
    const own = rows.get(name);
    if (own) own.push(row);
    else rows.set(name, [row]);
  }
  const some = [...rows].flatMap(([name, own]) =>
    own.length >= MIN_PHOTOS ? random.fork(`photos ${name}`).shuffle(own).slice(0, MOST_PHOTOS) : [],
  );
  const nameAt = (row: number): string => names[row] as string;
  const { splits } = stratifiedSplits(some.map(nameAt), { random: random.fork("photos") });
  const [train, tested] = [splits[0]!.train, splits[0]!.test].map((part) => part.map((i) => some[i]!));
  const [enrolled, others] = halves([...new Set(some.map(nameAt))], random.fork("enrolled"));
  const [othersThreshold, othersTest] = halves([...others], random.fork("others"));
  const few = [...rows].filter(([, own]) => own.length < MIN_PHOTOS).map(([name]) => name);
  const [fewThreshold, fewTest] = halves(few, random.fork("few"));
  const single = drawPerPerson(names, { photosPerPerson: 1, random: random.fork("single") });
  const of = (among: readonly number[] | undefined, people: ReadonlySet<string>): number[] =>
    (among ?? []).filter((row) => people.has(nameAt(row)));
  const ascending = (...parts: number[][]): number[] => parts.flat().sort((a, b) => a - b);
  return {
    train: ascending(of(train, enrolled)),
    enrolled: ascending(of(tested, enrolled)),
    threshold: ascending(of(tested, othersThreshold), of(single, fewThreshold)),
    test: ascending(of(tested, othersTest), of(single, fewTest)),
  };
}

function halves(people: readonly string[], random: Random): [ReadonlySet<string>, ReadonlySet<string>] {
  const drawn = random.shuffle(people);
  const middle = Math.floor(drawn.length / 2);
  return [new Set(drawn.slice(0, middle)), new Set(drawn.slice(middle))];
}
