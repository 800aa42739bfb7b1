// The splits and inner folds that facelab's linear SVM is evaluated on, for lfw_linear_svc.py:
//
//   node lfw-splits.mjs MIN_PHOTOS PHOTOS_PER_PERSON|all REPEATS > splits.json
//
// The fixtures beside it were made by (npz = ../../../datasets/lfw-embeddings.npz)
//
//   node lfw-splits.mjs 20 20 5  > splits.json && python lfw_linear_svc.py splits.json $npz > lfw-linear-svc-62-people.json
//   node lfw-splits.mjs 10 all 3 > splits.json && python lfw_linear_svc.py splits.json $npz > lfw-linear-svc-158-people.json
//
// Rows are those of datasets/lfw-embeddings.npz; photos without a face are in no list, as no classifier is shown them.
import { fileURLToPath } from "node:url";
import { createRandom, evaluate, innerFolds, openDataset, readLfwEmbeddings } from "facelab";

const [minPhotos, drawn, repeats] = process.argv.slice(2);
const path = fileURLToPath(new URL("../../../datasets/lfw-embeddings.npz", import.meta.url));
const random = createRandom(0);
const photosPerPerson = drawn === "all" ? undefined : Number(drawn);
const { set } = await openDataset(path, { minPhotos: Number(minPhotos), photosPerPerson, random });
const { splits } = await evaluate(set, [], { repeats: Number(repeats), random });

const { names, numbers } = await readLfwEmbeddings(path);
const rows = new Map(
  names.map((name, row) => [`${name}/${name}_${String(numbers[row]).padStart(4, "0")}.jpg`, row]),
);
const output = splits.map(({ train, test }, repeat) => {
  const withFace = (indices) =>
    indices.map((index) => set.photos[index]).filter(({ kind }) => kind === "face");
  const folds = innerFolds(withFace(train), random.fork(`fit ${repeat}`).fork("svm"));
  const toRows = (photos) => photos.map((photo) => rows.get(photo.path));
  return { train: toRows(withFace(train)), test: toRows(withFace(test)), folds };
});
console.log(JSON.stringify(output));
