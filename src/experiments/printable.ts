/**
 * Text from a folder's name or a file's, safe for one line of a terminal: control characters, line separators and marks that
 * turn the direction of writing are written as `\u{1b}`. All other characters stay, in any script.
 */
export function printable(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
