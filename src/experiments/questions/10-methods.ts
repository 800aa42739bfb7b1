import {
  chooseDetector,
  chooseEmbedder,
  createEmbedder,
  dlibAligner,
  type Landmarks5,
  ownPipeline,
} from "facelab";
import { boxAlone, meanFaceInBox } from "./10-box-alone.js";
import { faceApiBoxAligner } from "./10-face-api-box.js";
import type {
  EmbeddingSource,
  OwnSource,
  VerificationMethod,
  VerificationRows,
} from "./verification-method.js";

/** Degrees to either side: more than people hold their heads, less than where MTCNN begins to miss faces. */
const MOST_TURNED = 30;

const notTurned: OwnSource = {
  pipeline: async (_, { cache }) =>
    ownPipeline({
      detector: await chooseDetector(),
      embedder: await createEmbedder(dlibAligner({ turn: false })),
      cache,
    }),
};

/** The mean face is the same for every row. */
let meanFace: Promise<Landmarks5> | undefined;

const boxOf = (embedder: "dlib" | "mobilefacenet"): OwnSource => ({
  pipeline: async (lfw, context) => {
    const detector = await chooseDetector();
    meanFace ??= meanFaceInBox(detector, lfw, context);
    return ownPipeline({
      detector: boxAlone(detector, await meanFace),
      embedder: (await chooseEmbedder({ embedder })).embedder,
      cache: context.cache,
    });
  },
});

const faceApiBox: OwnSource = {
  pipeline: async (_, { cache }) =>
    ownPipeline({
      detector: await chooseDetector(),
      embedder: await createEmbedder(faceApiBoxAligner()),
      cache,
    }),
};

const fivePoints: OwnSource = {
  pipeline: async (_, { cache }) =>
    ownPipeline({ detector: await chooseDetector(), embedder: await createEmbedder(dlibAligner()), cache }),
};

const turned = (source: OwnSource): OwnSource => ({ ...source, turned: MOST_TURNED });

function row(
  name: string,
  cells: readonly string[],
  source: EmbeddingSource,
  beside?: string,
): VerificationMethod {
  return { name, cells, source, ...(beside === undefined ? {} : { beside }) };
}

const alone = "the face alone";
const tilted = `photos turned by up to ${MOST_TURNED} degrees`;

/** Ways to cut a face out, of upright photos and of tilted ones. */
export const alignmentRows: VerificationRows = {
  heads: ["embedder", "crop", "variation"],
  methods: [
    row("five points", ["dlib", "five points", ""], "shipped"),
    row("not mirrored", ["dlib", "five points", alone], { mirror: false }),
    row("largest face", ["dlib", "five points", "the largest face, not the most central"], {
      face: "largest",
    }),
    row("not turned", ["dlib", "five points, not turned", ""], notTurned),
    row("box alone", ["dlib", "MTCNN's box", ""], boxOf("dlib")),
    row("face-api's box", ["dlib", "face-api's box", ""], faceApiBox),
    row("MobileFaceNet, five points", ["MobileFaceNet", "five points", ""], { embedder: "mobilefacenet" }),
    row(
      "MobileFaceNet, box alone",
      ["MobileFaceNet", "MTCNN's box", ""],
      boxOf("mobilefacenet"),
      "MobileFaceNet, five points",
    ),
    row("tilted, five points", ["dlib", "five points", tilted], turned(fivePoints)),
    row(
      "tilted, not turned",
      ["dlib", "five points, not turned", tilted],
      turned(notTurned),
      "tilted, five points",
    ),
    row("tilted, box alone", ["dlib", "MTCNN's box", tilted], turned(boxOf("dlib")), "tilted, five points"),
  ],
};
