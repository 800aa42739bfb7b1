import { fileURLToPath } from "node:url";

/** A path inside of the checkout, wherever the command is run from. */
export function inCheckout(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}
