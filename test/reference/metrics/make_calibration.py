"""Writes calibration.json beside this script: python make_calibration.py

Needs scikit-learn 1.9.1 and its numpy. The expected calibration error, which scikit-learn does not have, is written out here from its
definition, bin by bin, apart from ours. `npx biome check --write` beside it lays the file out as it is kept.
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss

assert sklearn.__version__ == "1.9.1", sklearn.__version__


def brier():
    rng = np.random.default_rng(60)
    cases = []
    for name, size, count, alpha in [("spread", 6, 30, 1.0), ("sharp", 4, 30, 0.02), ("two people", 2, 20, 0.5), ("many people", 40, 25, 0.1)]:
        labels = [f"person {k:02}" for k in range(size)]
        truth = rng.choice(labels, count).tolist()
        cases.append((name, labels, truth, rng.dirichlet(np.full(size, alpha), count).tolist()))
    three = ["a", "b", "c"]
    cases.append(("sure and right, sure and wrong", three, ["a", "b"], [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]))
    cases.append(("equal for all", three, ["c"], [[1 / 3, 1 / 3, 1 / 3]]))
    return [
        {
            "name": name,
            "labels": labels,
            "truth": truth,
            "probabilities": rows,
            "auto": float(brier_score_loss(truth, np.array(rows), labels=labels)),
            "half": float(brier_score_loss(truth, np.array(rows), labels=labels, scale_by_half=True)),
            "whole": float(brier_score_loss(truth, np.array(rows), labels=labels, scale_by_half=False)),
        }
        for name, labels, truth, rows in cases
    ]


def expected_calibration_error(right, confidence, edges):
    """Sum over bins (low, high] of n_b / n |acc_b - conf_b|; the first bin has its low edge too."""
    total = 0.0
    for b, (low, high) in enumerate(zip(edges[:-1], edges[1:])):
        inside = (confidence > low if b > 0 else confidence >= low) & (confidence <= high)
        if inside.any():
            total += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return float(total)


def curves():
    rng = np.random.default_rng(61)
    n = 150
    uniform = rng.random(n).round(6)
    sure = (1 - rng.random(n) ** 4 / 3).round(6)
    lists = [
        ("calibrated", uniform, rng.random(n) < uniform),
        ("too sure", sure, rng.random(n) < sure**3),
        ("ties on edges", rng.integers(0, 21, n) / 20, rng.random(n) < 0.6),
        ("three values", rng.choice([0.2, 0.4, 0.6], n), rng.random(n) < 0.9),
        ("0 and 1", np.array([0.0, 1.0, 1.0, 0.0]), np.array([False, True, False, True])),
        ("all equal", np.full(7, 0.5), np.arange(7) < 3),
        ("one answer", np.array([0.75]), np.array([True])),
    ]
    out = []
    for name, confidence, right in lists:
        shown = []
        for bins in (1, 5, 10, 15):
            for strategy in ("uniform", "quantile"):
                share, mean = calibration_curve(right, confidence, pos_label=True, n_bins=bins, strategy=strategy)
                edges = np.linspace(0, 1, bins + 1)
                if strategy == "quantile":
                    edges = np.percentile(confidence, edges * 100)
                ece = expected_calibration_error(right, confidence, edges)
                shown.append({"bins": bins, "strategy": strategy, "confidence": mean.tolist(), "right": share.tolist(), "ece": ece})
        out.append({"name": name, "confidences": confidence.tolist(), "right": right.tolist(), "curves": shown})
    return out


path = Path(__file__).parent / "calibration.json"
path.write_text(json.dumps({"brier": brier(), "curves": curves()}, separators=(",", ":"), allow_nan=False) + "\n", encoding="utf-8")
print(path.name, path.stat().st_size, "bytes")
