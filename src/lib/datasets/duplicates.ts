/**
 * Positions that hold the same key, as lists of two or more, in the order of their first ones.
 * @param keys of each photo, as its sha256; undefined equals nothing.
 */
export function equalGroups(keys: readonly (string | undefined)[]): number[][] {
  const positions = new Map<string, number[]>();
  for (const [position, key] of keys.entries()) {
    if (key === undefined) continue;
    const known = positions.get(key);
    if (known) known.push(position);
    else positions.set(key, [position]);
  }
  return [...positions.values()].filter(({ length }) => length > 1);
}

/** Photos that look alike, each like at least one other of them. */
export interface AlikeGroup {
  /** Ascending, two or more. */
  readonly positions: readonly number[];
  /** The most bits in which one of them differs from the one that it is most like. */
  readonly distance: number;
}

/**
 * Groups hashes that differ in few bits: whoever is near to one of a group belongs to it. All pairs are compared, which takes half a
 * second for 13,000; groups and not pairs are kept, so that a thousand copies are a thousand entries and not half a million.
 * @param hashes 16 hexadecimal digits each, as of `imageHash`; undefined is near to nothing.
 * @param atMost bits that may differ, in 0..64.
 * @returns groups in the order of their first positions.
 */
export function alikeGroups(hashes: readonly (string | undefined)[], atMost: number): AlikeGroup[] {
  const known = [...hashes.keys()].filter((position) => hashes[position] !== undefined);
  const word = (from: number): Int32Array =>
    Int32Array.from(known, (position) => Number.parseInt(hashes[position]!.slice(from, from + 8), 16) | 0);
  const [high, low] = [word(0), word(8)];
  const parents = Int32Array.from(known, (_, i) => i);
  const root = (item: number): number => {
    let at = item;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!;
      at = parents[at]!;
    }
    return at;
  };
  const nearest = new Uint8Array(known.length).fill(255);
  for (let i = 1; i < known.length; i++) {
    for (let j = 0; j < i; j++) {
      const distance = bits(high[i]! ^ high[j]!) + bits(low[i]! ^ low[j]!);
      if (distance > atMost) continue;
      nearest[i] = Math.min(nearest[i]!, distance);
      nearest[j] = Math.min(nearest[j]!, distance);
      const [a, b] = [root(i), root(j)];
      parents[Math.max(a, b)] = Math.min(a, b);
    }
  }
  const groups = new Map<number, { positions: number[]; distance: number }>();
  for (const [i, position] of known.entries()) {
    if (nearest[i] === 255) continue;
    const group = groups.get(root(i)) ?? { positions: [], distance: 0 };
    group.positions.push(position);
    group.distance = Math.max(group.distance, nearest[i]!);
    groups.set(root(i), group);
  }
  return [...groups.values()];
}

/** How many bits of a 32-bit number are set. */
function bits(word: number): number {
  let sums = word - ((word >>> 1) & 0x55555555);
  sums = (sums & 0x33333333) + ((sums >>> 2) & 0x33333333);
  return Math.imul((sums + (sums >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
