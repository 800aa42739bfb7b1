/**
 * Text of at most so many characters as a reader counts them: an emoji or a letter with its marks is one.
 * @param most at least 1; where there are more, the last one that is kept is an ellipsis.
 */
export function shortenText(text: string, most: number): string {
  const characters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)];
  if (characters.length <= most) return text;
  return `${characters
    .slice(0, most - 1)
    .map(({ segment }) => segment)
    .join("")}…`;
}
