/** What went wrong, without the stack and the details that runtimes print below it. */
export function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n")[0] ?? "";
}
