"""Numbers of comparing detectors, computed apart from facelab, as a fixture.

    python test/reference/detection/comparison.py

Needs numpy 2.4.6 alone. Random boxes stand for faces and detections, with scores of two digits so that many are equal. Writes
comparison.json beside itself; `npx biome check --write` lays it out as it is kept.

- outcomes, curve: WIDER FACE's protocol (a detection belongs to the face that it overlaps most; ignored faces do not count; a face that is
  found twice is a false positive), recall at so many false positives by trying every threshold, average precision with the envelope
  of precision as in VOC's development kit since 2010.
- pairs: the largest entry of the matrix of overlaps, again and again.
- quantiles: numpy's own. Landmark errors: from the definition.
- folds: every threshold half-way between two scores tried on the other folds.
"""

import json
from pathlib import Path

import numpy as np

rng = np.random.default_rng(20)
ALLOWED = [0, 3, 10, 25, 60, 1000]


def iou(a, b):
    """Overlaps of n and m boxes, each x, y, width, height: n x m."""
    a, b = np.asarray(a, float).reshape(-1, 1, 4), np.asarray(b, float).reshape(1, -1, 4)
    low = np.maximum(a[..., :2], b[..., :2])
    high = np.minimum(a[..., :2] + a[..., 2:], b[..., :2] + b[..., 2:])
    inner = np.prod(np.clip(high - low, 0, None), axis=-1)
    union = np.prod(a[..., 2:], axis=-1) + np.prod(b[..., 2:], axis=-1) - inner
    return inner / union


def jittered(box, amount):
    x, y, w, h = box
    return [round(float(v), 2) for v in (x + rng.normal(0, amount * w), y + rng.normal(0, amount * h),
                                        w * np.exp(rng.normal(0, amount)), h * np.exp(rng.normal(0, amount)))]


def photo():
    faces = [[round(float(v), 2) for v in (*rng.uniform(0, 300, 2), *rng.uniform(20, 80, 2))] for _ in range(rng.integers(0, 9))]
    ignored = [bool(rng.random() < 0.35) for _ in faces]
    found = [jittered(face, 0.12) for face in faces for _ in range(rng.integers(0, 4))]
    found += [[round(float(v), 2) for v in (*rng.uniform(0, 300, 2), *rng.uniform(20, 80, 2))] for _ in range(rng.integers(0, 5))]
    scores = [round(float(v), 2) for v in rng.beta(4, 2, len(found))]
    order = rng.permutation(len(found))
    return faces, ignored, [found[i] for i in order], [scores[i] for i in order]


def judged(faces, ignored, found, scores):
    outcomes = np.full(len(found), "false", dtype=object)
    if faces and found:
        overlaps = iou(found, faces)
        recalled = np.zeros(len(faces), bool)
        for i in np.argsort(-np.asarray(scores), kind="stable"):
            j = int(np.argmax(overlaps[i]))
            if overlaps[i, j] < 0.5:
                continue
            if ignored[j]:
                outcomes[i] = "ignored"
            elif not recalled[j]:
                recalled[j], outcomes[i] = True, "hit"
    return outcomes.tolist()


def at_thresholds(scores, outcomes):
    """Hits and false positives at every threshold, highest first."""
    scores, outcomes = np.asarray(scores), np.asarray(outcomes)
    counted = outcomes != "ignored"
    thresholds = np.unique(scores[counted])[::-1]
    kept = scores[None, :] >= thresholds[:, None]
    return thresholds, (kept & (outcomes == "hit")).sum(1), (kept & (outcomes == "false")).sum(1)


def average_precision(hits, false, faces):
    recall = np.concatenate(([0.0], hits / faces, [1.0]))
    precision = np.concatenate(([0.0], hits / (hits + false), [0.0]))
    for i in range(len(precision) - 2, -1, -1):
        precision[i] = max(precision[i], precision[i + 1])
    steps = np.where(recall[1:] != recall[:-1])[0]
    return float(np.sum((recall[steps + 1] - recall[steps]) * precision[steps + 1]))


def pairs(a, b, least):
    overlaps = iou(a, b) if a and b else np.zeros((len(a), len(b)))
    result = []
    while overlaps.size and overlaps.max() >= least:
        i, j = np.unravel_index(np.argmax(overlaps), overlaps.shape)
        result.append([int(i), int(j), float(overlaps[i, j])])
        overlaps[i, :], overlaps[:, j] = -1, -1
    return result


def best_threshold(scores, same):
    values = np.unique(scores)
    candidates = np.concatenate(([values[0] - 0.5], (values[1:] + values[:-1]) / 2, [values[-1] + 1]))
    right = np.array([np.sum((scores >= t) == same) for t in candidates])
    return candidates[np.flatnonzero(right == right.max())[-1]]


def folds():
    result = []
    for _ in range(5):
        same = rng.random(40) < 0.5
        result.append({"same": same.tolist(), "scores": [round(float(v), 2) for v in rng.normal(0.3 * same, 0.2)]})
    scores, same = (np.array([fold[key] for fold in result]) for key in ("scores", "same"))
    for i, fold in enumerate(result):
        others = np.arange(len(result)) != i
        fold["threshold"] = float(best_threshold(scores[others].ravel(), same[others].ravel()))
        fold["accuracy"] = float(np.mean((scores[i] >= fold["threshold"]) == same[i]))
    return result


def landmarks():
    result = []
    for _ in range(6):
        truth = np.array([[30, 40], [70, 38], [50, 60], [35, 80], [66, 81]]) + rng.normal(0, 3, (5, 2))
        guess = truth + rng.normal(0, 2, (5, 2))
        error = np.linalg.norm(guess - truth, axis=1).mean() / np.linalg.norm(truth[1] - truth[0])
        result.append({"truth": truth.tolist(), "guess": guess.tolist(), "error": float(error)})
    return result


photos = [photo() for _ in range(60)]
outcomes = [judged(*one) for one in photos]
scores = np.concatenate([np.asarray(one[3], float) for one in photos])
faces = sum(not flag for one in photos for flag in one[1])
thresholds, hits, false = at_thresholds(scores, np.concatenate([np.asarray(o, object) for o in outcomes]))
numbers = rng.normal(0, 1, 23).round(3)
data = {
    "photos": [
        {"faces": f, "ignored": g, "found": d, "scores": s, "outcomes": o}
        for (f, g, d, s), o in zip(photos, outcomes)
    ],
    "faces": faces,
    "curve": [[float(t), int(h), int(f)] for t, h, f in zip(thresholds, hits, false)],
    "recalls": [
        {"allowed": n, "recall": float(max([0, *(hits[false <= n] / faces)])), "reached": bool(false[-1] >= n)} for n in ALLOWED
    ],
    "averagePrecision": average_precision(hits, false, faces),
    "pairs": [{"photo": i, "pairs": pairs(one[2], one[0], 0.3)} for i, one in enumerate(photos)],
    "quantiles": {"values": numbers.tolist(), "parts": [[p, float(np.quantile(numbers, p))] for p in (0, 0.1, 0.5, 0.9, 1)]},
    "landmarks": landmarks(),
    "folds": folds(),
}
target = Path(__file__).with_name("comparison.json")
target.write_text(json.dumps(data, separators=(",", ":")) + "\n")
print(target.name, target.stat().st_size, "bytes;", faces, "faces,", len(scores), "detections,", false[-1], "false positives")
