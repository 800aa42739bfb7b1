import { knownErrors } from "./11-errata.js";

/** How it was measured, and what to see. */
export function errorsNotes(): string[] {
  return [
    "How: every photo's embedding is compared with every other's (cosine). The first order asks how much more alike the nearest photo of another name is than the nearest of the same name; " +
      "who has only one photo is compared with the threshold of `verify` instead. The other two orders ask for one half of that. Nothing was trained on these labels, and nothing chosen by them.",
    `The ${knownErrors.length} errors are those of the errata page of LFW's site. It is no complete list: it has what readers wrote in, mostly from the pairs of View 2. ` +
      "So a suspect that is not on it may well be wrong, too, and every precision here is a lower bound. Where two photos are confused, only the one that the page calls wrong counts; the right one beside it, which looks as suspect, counts against the order. " +
      "No figure of others is known to us for this list.",
    "What to see: sorting by suspicion makes some hours of looking into minutes, for a class's own photos as well: look at the first twenty. " +
      "One nearest neighbour is enough for a photo under the wrong name as long as its true owner, or another photo of the named one, is there; a stranger's face under the name of somebody with a single photo cannot be found by anybody. " +
      "People who look alike (twins, brothers) stand among the first without being errors, so a person decides, never the order.",
  ];
}
