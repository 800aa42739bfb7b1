import type { RemoteFile } from "./remote-file.js";

/** What is known of a model: which bytes it is, where they come from, who may use it, and what it has seen. */
export interface ModelEntry {
  /** As `facelab models fetch` takes it; also the folder that its files lie in. */
  readonly name: string;
  readonly task: "detection" | "landmarks" | "embedding" | "attributes";
  /** In the order in which they are fetched; the one that is loaded, and names the others, is the last. */
  readonly files: readonly RemoteFile[];
  /** Comes with facelab or with a package that it depends on: there is nothing to download. */
  readonly ships: boolean;
  /** Where it is published, at a commit, tag or version that stays as it is. */
  readonly source: string;
  /** Of the files. */
  readonly licence: string;
  /**
   * `allowed`: the files' licence allows it, and nothing that is documented of the training photos says otherwise. `unclear`: the
   * licence allows it, and the training photos were given out for research only, or there is another reason to doubt.
   */
  readonly commercialUse: "allowed" | "not allowed" | "unclear";
  /** Why it is that. */
  readonly commercialReason: string;
  /** "not documented" where nobody says. */
  readonly trainedOn: string;
  /** Whether people or photos of Labeled Faces in the Wild were in training: accuracy on LFW is too good then. */
  readonly lfwOverlap: string;
  /** The accuracy that its authors state, and on what; it was not measured here. */
  readonly published: string;
}
