import { check } from "facelab";
import { expect, vi } from "vitest";

/** What `check` says to an answer: "right", or the hint. */
export async function verdict(id: string, answer: unknown): Promise<string> {
  const said: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
  const judged = await check(id, answer).finally(() => log.mockRestore());
  const [line = ""] = said;
  expect(said).toHaveLength(1);
  expect(line).toMatch(judged ? new RegExp(`^${id}: right$`) : new RegExp(`^${id}: not yet\\. .`));
  return judged ? "right" : line;
}
