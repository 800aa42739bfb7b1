import {
  type Detection,
  type Detector,
  detectors,
  haar,
  mirrorImage,
  type RgbImage,
  resizeImage,
  shippedMtcnnWeights,
} from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { samplePhoto } from "../support/sample-photos.js";
import { haarCascade, itWithShared } from "../support/shared.js";
import { imageOf } from "../support/synthetic-images.js";

/** Every detector, with what it needs of ../shared, and a photo of three people that it finds. */
const contract: readonly {
  readonly name: string;
  readonly make: () => Promise<Detector>;
  readonly needs: string[];
  readonly photo?: string;
}[] = [
  { name: "mtcnn", make: async () => detectors.mtcnn!({ weights: shippedMtcnnWeights }), needs: [] },
  { name: "ssd", make: async () => detectors.ssd!({}), needs: [] },
  { name: "tiny", make: async () => detectors.tiny!({}), needs: [] },
  // It finds no tilted faces, and by OpenCV's defaults things that are none.
  { name: "haar", make: () => haar({ minNeighbors: 10 }), needs: [haarCascade], photo: "sample3.jpg" },
  { name: "yunet", make: async () => detectors.yunet!({}), needs: ["models/yunet/yunet_n_dynamic.onnx"] },
];

it("is kept by every detector there is", () => {
  expect(contract.map(({ name }) => name)).toEqual(Object.keys(detectors));
});

/** Three people, half as large as the photo is: faces of about 100 pixels. */
async function threePeople(name = "sample1.jpg"): Promise<RgbImage> {
  const whole = await samplePhoto(name);
  return resizeImage(whole, Math.round(whole.width / 2), Math.round(whole.height / 2));
}

const middle = ({ box: { x, y, width, height } }: Detection) => ({ x: x + width / 2, y: y + height / 2 });
const fromTheLeft = (found: readonly Detection[]) => found.toSorted((a, b) => middle(a).x - middle(b).x);

describe.each(contract)("$name", ({ name, make, needs, photo: people }) => {
  const itHere = itWithShared(...needs);
  let photo: RgbImage;
  beforeAll(async () => {
    photo = await threePeople(people);
  });

  itHere(`${name} says what it is, in plain JSON`, async () => {
    const { name: said, params, models } = await make();
    expect(said).toBe(name);
    expect(JSON.parse(JSON.stringify(params))).toEqual(params);
    expect(models.length).toBeGreaterThan(0);
    for (const model of models) expect(model.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  itHere(`${name} finds three faces, the surest first, with the landmarks where they belong`, async () => {
    const detector = await make();
    const found = await detector.detect(photo);
    expect(found).toHaveLength(3);
    expect(found.map(({ score }) => score)).toEqual(
      found.map(({ score }) => score).toSorted((a, b) => b - a),
    );
    for (const { box, score, landmarks } of found) {
      expect(score).toBeGreaterThan(0.5);
      expect(score).toBeLessThanOrEqual(1);
      const [left, right, nose, leftMouth, rightMouth] = landmarks;
      for (const { x, y } of landmarks) {
        expect(x).toBeGreaterThan(box.x);
        expect(x).toBeLessThan(box.x + box.width);
        expect(y).toBeGreaterThan(box.y);
        expect(y).toBeLessThan(box.y + box.height);
      }
      expect(left.x).toBeLessThan(right.x);
      expect(leftMouth.x).toBeLessThan(rightMouth.x);
      expect(nose.y).toBeGreaterThan((left.y + right.y) / 2);
      expect(nose.y).toBeLessThan((leftMouth.y + rightMouth.y) / 2);
      // The eyes of a face that looks at the camera are about .4 of its box apart, and .26 of tiny's wide ones.
      const apart = Math.hypot(right.x - left.x, right.y - left.y) / box.width;
      expect(apart).toBeGreaterThan(0.22);
      expect(apart).toBeLessThan(0.65);
    }
    expect(await detector.detect(photo)).toEqual(found);
  });

  itHere(`${name} finds them where they are in the mirror, eyes and mouth from the left again`, async () => {
    const detector = await make();
    const plain = fromTheLeft(await detector.detect(photo));
    const mirrored = fromTheLeft(await detector.detect(mirrorImage(photo))).reverse();
    expect(mirrored).toHaveLength(3);
    plain.forEach(({ box, landmarks }, i) => {
      const other = mirrored[i]!;
      const [left, right] = landmarks;
      const near = 0.1 * box.width;
      expect(Math.abs(photo.width - 1 - middle(other).x - middle(plain[i]!).x)).toBeLessThan(1.2 * near);
      expect(Math.abs(photo.width - 1 - other.landmarks[1].x - left.x)).toBeLessThan(near);
      expect(Math.abs(photo.width - 1 - other.landmarks[0].x - right.x)).toBeLessThan(near);
    });
  });

  itHere(`${name} finds nothing where nothing is, however small`, async () => {
    const detector = await make();
    for (const [width, height] of [
      [1, 1],
      [7, 300],
      [320, 240],
    ] as const) {
      expect(await detector.detect(imageOf(width, height, () => 128))).toEqual([]);
    }
  });
});
