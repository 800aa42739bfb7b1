import { nextAddress } from "./next-address.js";

const MOST_REDIRECTS = 5;

/** An answer with its body still to be read, or why there is none. */
export type Requested =
  | { readonly kind: "answer"; readonly response: Response }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Asks for an address and follows at most five redirects. Neither cookies nor passwords are sent. Rejects as `fetch` does where
 * there is no connection.
 * @param timeout milliseconds until an answer has to begin, at each address anew.
 */
export async function requestBytes(
  url: URL,
  { headers, timeout, signal }: { headers: Record<string, string>; timeout: number; signal: AbortSignal },
): Promise<Requested> {
  let address = url;
  for (let redirects = 0; ; redirects++) {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error(`no answer for ${timeout / 1000} s`)), timeout);
    const response = await fetch(address, {
      headers,
      redirect: "manual",
      credentials: "omit",
      signal: AbortSignal.any([signal, late.signal]),
    }).finally(() => clearTimeout(timer));
    if (![301, 302, 303, 307, 308].includes(response.status)) return { kind: "answer", response };
    await response.body?.cancel();
    if (redirects === MOST_REDIRECTS) {
      return { kind: "refused", reason: `redirects more than ${MOST_REDIRECTS} times` };
    }
    const next = nextAddress(address, response.headers.get("location"));
    if (next.kind === "refused") return next;
    address = next.url;
  }
}
