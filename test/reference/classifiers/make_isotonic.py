"""Writes isotonic.json beside this script: python make_isotonic.py

Needs scikit-learn 1.9.1 and its numpy. `npx biome check --write` beside it lays the file out as it is kept.
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.isotonic import IsotonicRegression

assert sklearn.__version__ == "1.9.1", sklearn.__version__

rng = np.random.default_rng(62)
x = rng.normal(size=200)
tied = rng.integers(-4, 5, 120) / 4
cases = [
    ("labels", x, (rng.random(200) < 1 / (1 + np.exp(-2 * x))).astype(float)),
    ("separated", np.array([-2.0, -1.0, -0.5, 0.5, 1.0]), np.array([0.0, 0.0, 0.0, 1.0, 1.0])),
    ("equal values", tied, (rng.random(120) < (tied + 1) / 2).astype(float)),
    ("falling", np.arange(6.0), np.arange(6.0)[::-1].copy()),
    ("real targets", x[:80], x[:80] ** 3 + rng.normal(size=80)),
    ("one point", np.array([0.3]), np.array([1.0])),
    ("all at one value", np.full(4, 2.0), np.array([0.0, 1.0, 1.0, 0.0])),
    ("all positive", np.array([3.0, 1.0, 2.0]), np.ones(3)),
    ("rare positives", (rare := rng.normal(size=300)), (rng.random(300) < 0.03 * np.exp(rare)).astype(float)),
]
out = []
for name, values, targets in cases:
    fitted = IsotonicRegression(out_of_bounds="clip").fit(values, targets)
    asked = np.concatenate([values[:20], np.linspace(values.min() - 1, values.max() + 1, 41)])
    out.append(
        {
            "name": name,
            "values": values.tolist(),
            "targets": targets.tolist(),
            "xs": fitted.X_thresholds_.tolist(),
            "ys": fitted.y_thresholds_.tolist(),
            "asked": asked.tolist(),
            "heights": fitted.predict(asked).tolist(),
        }
    )

path = Path(__file__).parent / "isotonic.json"
path.write_text(json.dumps(out, separators=(",", ":"), allow_nan=False) + "\n", encoding="utf-8")
print(path.name, path.stat().st_size, "bytes")
