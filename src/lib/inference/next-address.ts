/** Where a redirect leads, or why it is not followed. */
export type NextAddress =
  | { readonly kind: "go"; readonly url: URL }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Decides about a redirect: to another http or https address, never from https to http, never with a name and password.
 * @param location the answer's header of that name.
 */
export function nextAddress(from: URL, location: string | null): NextAddress {
  if (location === null || !URL.canParse(location, from.href)) {
    return { kind: "refused", reason: "redirects to no address" };
  }
  const url = new URL(location, from);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return { kind: "refused", reason: `redirects to ${url.protocol}` };
  }
  if (from.protocol === "https:" && url.protocol === "http:") {
    return { kind: "refused", reason: "redirects from https to http" };
  }
  if (url.username !== "" || url.password !== "") {
    return { kind: "refused", reason: "redirects to an address with a password" };
  }
  return { kind: "go", url };
}
