/**
 * Text under a label, as `  licence      MIT`, broken between words where a line would be too long; lines after the first begin below it.
 * @param width of a line, in characters; a longer word has a line of its own.
 */
export function wrapped(label: string, text: string, { indent = 15, width = 100 } = {}): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= width - indent) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line, i) => `${(i === 0 ? `  ${label}` : "").padEnd(indent)}${line}`);
}
