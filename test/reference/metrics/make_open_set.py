"""Writes open-set.json beside this script: python make_open_set.py

Needs numpy 1.26 or later; written with scikit-learn 1.9.1's numpy. scikit-learn has no open-set identification, so every threshold is found by
trying all of the strangers' scores, and rates are counted photo by photo. A score of null stands for a photo without a candidate.
`npx biome check --write` beside it lays the file out as it is kept.
"""

import json
from pathlib import Path

import numpy as np

RATES = [0.5, 0.1, 0.05, 0.01, 0.001]


def brute(strangers, fpir):
    """The lowest of the strangers' scores that names at most fpir of them, in whole photos."""
    allowed = [s for s in strangers if s is not None and sum(o is not None and o >= s for o in strangers) <= round(1000 * fpir) * len(strangers) / 1000]
    return min(allowed, default=None)


def named(score, threshold):
    return score is not None and threshold is not None and score >= threshold


def case(name, rng, sizes, digits, silent):
    def scores(count, mean):
        drawn = np.round(rng.normal(mean, 1.0, count), digits).tolist()
        return [None if gone else s for s, gone in zip(drawn, rng.random(count) < silent)]

    strangers, test, enrolled = scores(sizes[0], 0.0), scores(sizes[1], 0.2), scores(sizes[2], 2.0)
    right = (rng.random(sizes[2]) < 0.9).tolist()
    points = []
    for fpir in RATES:
        threshold = brute(strangers, fpir)
        points.append(
            {
                "fpir": fpir,
                "threshold": threshold,
                "reached": float(np.mean([named(s, threshold) for s in strangers])),
                "testFpir": float(np.mean([named(s, threshold) for s in test])),
                "dir": float(np.mean([r and named(s, threshold) for s, r in zip(enrolled, right)])),
                "sufficient": round(1000 * fpir) * len(strangers) >= 3000,
            }
        )
    return {"name": name, "strangers": strangers, "test": test, "enrolled": enrolled, "right": right, "points": points}


def p_value(differences):
    """The largest level in steps of the resamples whose percentile interval, one resample counted on each side, holds 0."""
    d = np.asarray(differences)
    smaller, larger = np.count_nonzero(d < 0), np.count_nonzero(d > 0)
    tail = len(d) - max(smaller, larger)
    return float(min(1.0, 2 * (tail + 1) / (len(d) + 1)))


rng = np.random.default_rng(5)
data = {
    "cases": [
        case("300 strangers, all different", rng, (300, 280, 120), 6, 0.0),
        case("ties", rng, (300, 200, 90), 1, 0.0),
        case("photos without a candidate", rng, (240, 150, 80), 3, 0.7),
        case("few strangers", rng, (20, 30, 25), 4, 0.1),
    ],
    "pValues": [
        {"differences": d, "pValue": p_value(d)}
        for d in (np.round(rng.normal(mean, 1.0, 199), 3).tolist() for mean in (0.0, 1.0, -2.5, 6.0))
    ]
    + [{"differences": [0.0] * 9, "pValue": 1.0}],
}
path = Path(__file__).parent / "open-set.json"
path.write_text(json.dumps(data, separators=(",", ":"), allow_nan=False) + "\n", encoding="utf-8")
print(path.name, path.stat().st_size, "bytes")
