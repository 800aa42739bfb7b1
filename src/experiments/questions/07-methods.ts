import { type Detector, haar, mtcnn, ssdDetector, tinyDetector, yunet } from "facelab";

/** A detector of the table, as it is used and with low thresholds, for curves. */
export interface DetectorMethod {
  readonly name: string;
  /** What its scores begin at, in the two settings. */
  readonly usual: () => Promise<Detector>;
  readonly curve: () => Promise<Detector>;
  readonly settings: string;
}

/** MTCNN's three networks: low enough to reach far beyond the usual number of false positives. */
const LOW = [0.5, 0.5, 0.1];

/** In the order of the table; all look for faces from 20 pixels on where they can be told so. */
export const detectorMethods: readonly DetectorMethod[] = [
  {
    name: "MTCNN, ours",
    usual: () => mtcnn(),
    curve: () => mtcnn({ thresholds: LOW }),
    settings: "thresholds .6, .7, .7; curve .5, .5, .1",
  },
  {
    name: "MTCNN, published",
    usual: () => mtcnn({ weights: "mtcnn-reference" }),
    curve: () => mtcnn({ weights: "mtcnn-reference", thresholds: LOW }),
    settings: "the same",
  },
  {
    name: "SSD",
    usual: () => ssdDetector(),
    curve: () => ssdDetector({ minConfidence: 0.05, maxResults: 500 }),
    settings: "confidence .5; curve .05",
  },
  {
    name: "tiny",
    usual: () => tinyDetector(),
    curve: () => tinyDetector({ scoreThreshold: 0.05 }),
    settings: "416 pixels, score .5; curve .05",
  },
  {
    name: "YuNet",
    usual: () => yunet(),
    curve: () => yunet({ minScore: 0.05 }),
    settings: "score .6; curve .05",
  },
  {
    name: "Haar",
    usual: () => haar(),
    curve: () => haar({ minNeighbors: 1 }),
    settings: "scaleFactor 1.1, minNeighbors 3; curve 1",
  },
];
