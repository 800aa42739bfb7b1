/** A cell of records. */
export type Cell = string | number | boolean | null;

/** Records by column: all of one length. */
export type Columns = Readonly<Record<string, readonly Cell[]>>;

/** What was measured, sample by sample: every table and chart is made from this alone. */
export interface Records {
  /** Settings, and which rows could not be measured and why; plain JSON. */
  readonly about: Readonly<Record<string, unknown>>;
  readonly tables: Readonly<Record<string, Columns>>;
}

/** Adds a row to columns that are being filled. */
export function pushRow(columns: Record<string, Cell[]>, values: Readonly<Record<string, Cell>>): void {
  for (const [name, value] of Object.entries(values)) columns[name]!.push(value);
}

/** One column as numbers. @throws Error where it is missing. */
export function numbers(columns: Columns, name: string): readonly number[] {
  return column(columns, name) as readonly number[];
}

/** One column as text. @throws Error where it is missing. */
export function texts(columns: Columns, name: string): readonly string[] {
  return column(columns, name) as readonly string[];
}

/** One column as yes or no. @throws Error where it is missing. */
export function flags(columns: Columns, name: string): readonly boolean[] {
  return column(columns, name) as readonly boolean[];
}

function column(columns: Columns, name: string): readonly Cell[] {
  const values = columns[name];
  if (values === undefined)
    throw new Error(`no column ${name} (there are ${Object.keys(columns).join(", ")})`);
  return values;
}
