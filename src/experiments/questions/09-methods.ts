import {
  type Aligner,
  type Classifier,
  convolutionalClassifier,
  createClassifier,
  dlibAligner,
  type Embedder,
  fivePointAligner,
  hogEmbedder,
  type Landmarks5,
  mobilenetEmbedder,
  pixelsEmbedder,
} from "facelab";

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

/** All of a photo of LFW, whoever is in it, as a square. */
function wholePhoto(): Aligner {
  const size = 250;
  const corners: Landmarks5 = [
    { x: 0, y: 0 },
    { x: size - 1, y: 0 },
    { x: (size - 1) / 2, y: (size - 1) / 2 },
    { x: 0, y: size - 1 },
    { x: size - 1, y: size - 1 },
  ];
  const whole = fivePointAligner({ name: "whole photo", size, template: corners });
  return {
    ...whole,
    align(image) {
      const [right, bottom] = [image.width - 1, image.height - 1];
      return whole.align(image, [
        { x: 0, y: 0 },
        { x: right, y: 0 },
        { x: right / 2, y: bottom / 2 },
        { x: 0, y: bottom },
        { x: right, y: bottom },
      ]);
    },
  };
}
