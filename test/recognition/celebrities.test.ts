import {
  type Classifier,
  cosineThreshold,
  createRandom,
  type EmbeddedPhoto,
  encodeFolder,
  type FacePipeline,
  facePipeline,
  recognisePhoto,
  softmaxNetwork,
  trainRecogniser,
  twoStageGate,
} from "facelab";
import { describe, expect } from "vitest";
import { itWithShared, mtcnnManifest, sharedPath } from "../support/shared.js";

const PHOTOS = "data/celebrities-5";
const STRANGERS = "data/tv-characters/people";
const itWithPeople = itWithShared(PHOTOS, STRANGERS, mtcnnManifest);

describe("five celebrities, and eight people of whom none is enrolled", { timeout: 180_000 }, () => {
  let pipeline: FacePipeline;
  let celebrities: Awaited<ReturnType<typeof encodeFolder>>["set"];
  let strangers: readonly EmbeddedPhoto[];
  // A promise and no hook: without ../shared nothing is to be embedded.
  let embedded: Promise<void> | undefined;
  const embed = () => {
    embedded ??= (async () => {
      pipeline = await facePipeline({ weights: sharedPath(mtcnnManifest) });
      celebrities = (await encodeFolder(sharedPath(PHOTOS), { pipeline })).set;
      strangers = (await encodeFolder(sharedPath(STRANGERS), { pipeline })).set.photos;
    })();
    return embedded;
  };

  for (const classifier of ["svm", "gate", "cosine"]) {
    itWithPeople(
      `are told apart by ${classifier}: 19 in 20 named rightly, 1 stranger in 20 at most`,
      async () => {
        await embed();
        const recogniser = await trainRecogniser(celebrities, { classifier, part: "train" });
        expect(recogniser.gallery.people).toHaveLength(93);
        const known = celebrities.photos.filter(({ part }) => part === "test");
        expect([known.length, strangers.length]).toEqual([25, 40]);
        const name = (photo: EmbeddedPhoto): string | undefined => {
          if (photo.kind === "none") return undefined;
          const { identity } = recogniser.identify(photo.embedding);
          return identity.kind === "person" ? identity.label : undefined;
        };
        const right = known.filter((photo) => name(photo) === photo.label).length;
        const named = strangers.filter((photo) => name(photo) !== undefined).length;
        console.info(
          `${classifier}: ${right} of ${known.length} named rightly, ${named} of ${strangers.length} strangers named`,
        );
        expect(right / known.length).toBeGreaterThanOrEqual(0.95);
        expect(named / strangers.length).toBeLessThanOrEqual(0.05);
      },
    );
  }

  /** A plain model, without the gallery's own limit. */
  async function plain(classifier: Classifier) {
    await embed();
    const faces = celebrities.photos.filter((photo) => photo.kind === "face");
    const train = faces.filter(({ part }) => part === "train");
    const model = await classifier.fit(train, createRandom(0));
    const said = (photo: EmbeddedPhoto): string | undefined => {
      const answer = photo.kind === "face" ? model.predict(photo.embedding) : undefined;
      return answer?.kind === "person" ? answer.label : undefined;
    };
    const known = celebrities.photos.filter(({ part }) => part === "test");
    return {
      right: known.filter((photo) => said(photo) === photo.label).length / known.length,
      named: strangers.filter((photo) => said(photo) !== undefined).length / strangers.length,
    };
  }

  itWithPeople(
    "are told apart by the tuned network, and by the gate without rejection: 24 of 25",
    async () => {
      for (const classifier of [softmaxNetwork(), twoStageGate({ rejection: false })]) {
        const { right, named } = await plain(classifier);
        expect(right).toBeGreaterThanOrEqual(24 / 25);
        expect(named).toBeGreaterThan(0.9); // neither can refuse anybody
      }
    },
  );

  itWithPeople("are told from strangers by gate and cosine at their own thresholds", async () => {
    for (const classifier of [twoStageGate(), cosineThreshold()]) {
      const { right, named } = await plain(classifier);
      expect(right).toBeGreaterThanOrEqual(19 / 20);
      expect(named).toBeLessThanOrEqual(1 / 20);
    }
  });

  itWithPeople("answer to a photo as to its embedding", async () => {
    await embed();
    const recogniser = await trainRecogniser(celebrities, { classifier: "knn", part: "train" });
    const photo = celebrities.photos.find(({ part }) => part === "test");
    if (photo?.kind !== "face") throw new Error("no face");
    const found = await recognisePhoto(photo.path, { recogniser, pipeline, face: "centre" });
    expect(found).toMatchObject({ faces: [recogniser.identify(photo.embedding)] });
  });
});
