"""Writes verification.json beside this script: python make_verification.py

ROC and AUC by scikit-learn 1.9.1; the equal error rate by scipy's root finding on the curve, straight between its points; TAR at FAR by counting
at every threshold, apart from ours. `npx biome check --write` lays the file out as it is kept.
"""

import json
from pathlib import Path

import numpy as np
from scipy.optimize import brentq
from sklearn.metrics import roc_auc_score, roc_curve

FARS = [0.5, 0.1, 0.02, 1e-2, 1e-3]


def tar_at(same, scores, far):
    best = (0.0, None)
    for threshold in sorted(set(scores), reverse=True):
        accepted = scores >= threshold
        if (accepted & ~same).sum() / (~same).sum() <= far:
            best = ((accepted & same).sum() / same.sum(), threshold)
    return {"far": far, "tar": float(best[0]), "threshold": None if best[1] is None else float(best[1])}


def crossing(far, tar):
    """Walks along the curve: t counts its points, with everything between them."""
    points = np.arange(len(far))
    t = brentq(lambda t: np.interp(t, points, far) + np.interp(t, points, tar) - 1, 0, len(far) - 1, xtol=1e-14, rtol=1e-14)
    return float(np.interp(t, points, far))


def case(name, same, scores):
    same, scores = np.asarray(same, bool), np.asarray(scores, float)
    far, tar, thresholds = roc_curve(same, scores, drop_intermediate=False)
    eer = crossing(far, tar)
    return {
        "name": name,
        "same": same.tolist(),
        "scores": scores.tolist(),
        "far": far.tolist(),
        "tar": tar.tolist(),
        "thresholds": [None, *thresholds[1:].tolist()],
        "auc": float(roc_auc_score(same, scores)),
        "eer": eer,
        "tars": [tar_at(same, scores, far) for far in FARS],
    }


def coarse(rng, count):
    """Scores on few steps, so that every step has pairs of both kinds and the curve rises in steps that lean."""
    same = rng.random(count) < 0.5
    scores = np.clip(np.round(rng.normal(np.where(same, 6, 4), 1.5)), 0, 10)
    return same, scores / 10


rng = np.random.default_rng(11)
fine = rng.random(400) < 0.5
cases = [
    case("all scores differ", fine, rng.normal(np.where(fine, 1.0, -0.5), 1.0)),
    case("many scores are equal", *coarse(rng, 500)),
    case("apart", [True, True, False, False, False], [0.9, 0.8, 0.3, 0.2, 0.1]),
    case("the wrong way round", [False, False, True, True], [0.9, 0.8, 0.3, 0.2]),
    case("one score", [True, False, True, False], [0.5, 0.5, 0.5, 0.5]),
    case("one of each", [True, False], [0.1, 0.7]),
    case("negative scores", [True, False, True, False, True], [-1.0, -3.0, -2.0, -2.0, -0.5]),
]
path = Path(__file__).parent / "verification.json"
path.write_text(json.dumps(cases, separators=(",", ":"), allow_nan=False) + "\n", encoding="utf-8")
print(path.name, path.stat().st_size, "bytes")
