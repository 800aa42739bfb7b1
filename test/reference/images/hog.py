"""Histograms of oriented gradients by scikit-image, as a fixture for test/images.

    pip install scikit-image==0.26.0
    python test/reference/images/hog.py

Writes hog.json beside itself. The pictures are made here, by numbers that the test makes again; settings as its cases say.
"""

import json
from pathlib import Path

import numpy as np
import skimage
from skimage.feature import hog


def picture(width, height, seed):
    """Values in 0..1 with edges in every direction: the same as in the test."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    return (0.5 + 0.3 * np.sin(0.7 * x + 0.2 * seed) * np.cos(0.45 * y) + 0.2 * np.sin(0.11 * x * y + seed)).clip(0, 1)


cases = []
for width, height, seed, orientations, cell, block in [
    (16, 16, 1, 9, 8, 2),
    (64, 64, 2, 9, 8, 2),
    (40, 24, 3, 6, 4, 3),
    (35, 29, 4, 8, 5, 1),
]:
    features = hog(
        picture(width, height, seed),
        orientations=orientations,
        pixels_per_cell=(cell, cell),
        cells_per_block=(block, block),
        block_norm="L2-Hys",
        feature_vector=True,
    )
    step = max(1, len(features) // 40)
    cases.append(
        {
            "width": width,
            "height": height,
            "seed": seed,
            "orientations": orientations,
            "cell": cell,
            "block": block,
            "length": len(features),
            "step": step,
            "features": [float(value) for value in features[::step]],
        }
    )

file = Path(__file__).with_name("hog.json")
file.write_text(json.dumps({"version": skimage.__version__, "cases": cases}, indent=2) + "\n")
