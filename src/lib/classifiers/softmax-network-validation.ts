import type { Random } from "../types.js";

/**
 * Draws the rows to hold out: about `share` of those of people with two photos or more, person by person. What is less than
 * a photo is carried on to the next person, so that people with two photos are held out from too; nobody loses their last
 * one.
 * @param codes for each row its person, ascending.
 * @returns ascending rows; none where there are too few.
 */
export function validationRows(codes: Int32Array, share: number, random: Random): Int32Array {
  const members = new Map<number, number[]>();
  codes.forEach((code, row) => {
    const rows = members.get(code) ?? [];
    members.set(code, rows);
    rows.push(row);
  });
  const held: number[] = [];
  let due = 0;
  for (const rows of members.values()) {
    if (rows.length < 2) continue;
    // Rounding errors must not cost a photo: 5 x 0.2 three times is less than 3.
    due += rows.length * share + 1e-9;
    const count = Math.min(Math.floor(due), Math.ceil(rows.length * share), rows.length - 1);
    due -= count;
    held.push(...random.shuffle(rows).slice(0, count));
  }
  return Int32Array.from(held).sort();
}
