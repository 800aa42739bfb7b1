import type { Records } from "./records.js";

/** How it was measured, and what to see. */
export function imageNotes(_records: Records): string[] {
  return [
    "How: every method learns from the same photos and is asked about the same others. `MobileNet frozen` is the backbone of face-api's SSD detector, 1,024 numbers a picture, which it was trained to find faces with; only the dense head learns, as in a first course on transfer learning. " +
      "The small network from scratch has two convolutions and a dense layer on 32 x 32 pixels in colour, 60 epochs with mirrored pictures; it was not tuned, neither were the others beyond what they search for by themselves. HOG is scikit-image's on 64 x 64 grey pixels. " +
      "Photos without a face are cut where faces lie on average. LFW is deep-funneled: in whole photos, too, the faces are upright, in the middle and of one size, which a student's own photos are not. Identical photos that LFW has twice are not told apart.",
    "Published: scikit-learn's example of eigenfaces on LFW shows a mean f1-score of 0.80 (documentation of release 0.18: seven people with at least 70 photos, 322 test photos). Deviations: more people and fewer photos here, other crops, accuracy instead of f1.",
    "What to see: fifteen photos of a person are enough where a network has seen many other people's faces before, and far from enough where one begins with pixels. A detector's backbone has learned what all faces have in common, not what tells them apart. " +
      "Of what knows nothing of faces, gradients with an SVM come nearest: differences between these rows are not tested here.",
  ];
}
