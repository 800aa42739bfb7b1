/**
 * A strict reader of RFC 4180, apart from the library that writes: every record as long as the header, quotes only
 * around whole fields, no bare carriage return.
 * @returns a record for each line, by column.
 * @throws Error where the text is not such a table.
 */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (match === null) throw new Error(`no field at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    const [, quoted, plain = "", end] = match;
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "") throw new Error("the last line does not end");
    if (end !== ",") rows.push([]);
  }
  rows.pop();
  const [header = [], ...records] = rows;
  return records.map((row, i) => {
    if (row.length !== header.length) {
      throw new Error(`record ${i} has ${row.length} fields (expected ${header.length})`);
    }
    return Object.fromEntries(header.map((name, column) => [name, row[column]!]));
  });
}
