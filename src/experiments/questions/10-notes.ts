import { alignmentRows } from "./10-methods.js";
import type { Records } from "./records.js";
import { madeBy } from "./verification-tables.js";

/** How it was measured, and what to see. */
export function alignmentNotes(records: Records): string[] {
  return [
    "How: View 2 of LFW as in question 04, with one step changed at a time. `five points` sets the face upright at the size and place that its five points ask for; `not turned` lets the points say size and place only; `MTCNN's box` cuts every box in the same way, where the face lies in boxes on average (measured on photos that are in no pair). " +
      "`face-api's box` is what face-api gives to the same network: upright, its side the distance from eyes to mouth over 0.45; taken from MTCNN's five points here, from the 68 of its own network there.",
    "Published: dlib's author gives 99.38 for his own crops; figures for one network with these crops side by side are not known to us.",
    "What to see: LFW's photos are deep-funneled, which is to say turned upright beforehand, so that turning faces upright hardly matters on them, and face-api's upright box is not shown to differ from five points. Tilt the photos, and the same network loses much without turning, by points or by boxes, while with five points set upright no loss can be shown. " +
      "A detector's box tells where a face is, and less exactly how large: cropping by it alone loses even on upright photos, for both networks. face-api's box was not measured on tilted photos. " +
      "The largest face instead of the most central one loses those pairs in which somebody else stands nearer to the camera: LFW's photos are centred on the person they are named after. Photos of your own may be otherwise, so choose by how they were taken.",
    madeBy(alignmentRows, records),
  ];
}
