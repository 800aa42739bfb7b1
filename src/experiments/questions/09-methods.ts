import {
  type Aligner,
  type Classifier,
  convolutionalClassifier,
  createClassifier,
  dlibAligner,
  type Embedder,
  hogEmbedder,
  mobilenetEmbedder,
  pixelsEmbedder,
} from "facelab";
import { rectangleAligner } from "./rectangle-aligner.js";

/** A way to make numbers of a photo and names of the numbers. */
export interface ImageMethod {
  readonly name: string;
  /** What goes in. */
  readonly sees: string;
  /** `shipped` embeddings, or what makes the numbers. */
  readonly numbers: "shipped" | (() => Promise<Embedder>);
  readonly classifier: () => Classifier;
}

const FACE = "the face, set upright";
/** The network that learns from faces, and from whole photos. */
const PICTURE = 32;

/** In the order of the table; the first is what the others are compared with. */
export const imageMethods: readonly ImageMethod[] = [
  {
    name: "dlib's embedding, SVM",
    sees: FACE,
    numbers: "shipped",
    classifier: () => createClassifier("svm"),
  },
  {
    name: "MobileNet frozen, dense head",
    sees: "the whole photo",
    numbers: async () => mobilenetEmbedder({ aligner: wholePhoto() }),
    classifier: () => createClassifier("softmax"),
  },
  {
    name: "MobileNet frozen, dense head, face only",
    sees: FACE,
    numbers: async () => mobilenetEmbedder({ aligner: dlibAligner() }),
    classifier: () => createClassifier("softmax"),
  },
  {
    name: "small CNN from scratch",
    sees: "the whole photo",
    numbers: async () => pixelsEmbedder({ aligner: wholePhoto(), size: PICTURE, colour: true }),
    classifier: () => convolutionalClassifier(),
  },
  {
    name: "small CNN from scratch, face only",
    sees: FACE,
    numbers: async () => pixelsEmbedder({ aligner: dlibAligner(), size: PICTURE, colour: true }),
    classifier: () => convolutionalClassifier(),
  },
  {
    name: "HOG, SVM",
    sees: FACE,
    numbers: async () => hogEmbedder({ aligner: dlibAligner() }),
    classifier: () => createClassifier("svm"),
  },
  {
    name: "eigenfaces, SVM",
    sees: FACE,
    numbers: async () => pixelsEmbedder({ aligner: dlibAligner() }),
    classifier: () => createClassifier("eigenfaces"),
  },
  {
    name: "the most frequent person",
    sees: "nothing",
    numbers: "shipped",
    classifier: () => createClassifier("majority"),
  },
];

/** All of a photo of LFW, whoever is in it: they are square. */
function wholePhoto(): Aligner {
  return rectangleAligner({
    name: "whole photo",
    size: 250,
    params: {},
    rectangleOf: (_, { width, height }) => ({ x: -0.5, y: -0.5, width, height }),
  });
}
