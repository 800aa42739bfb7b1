"""Test accuracy of scikit-learn's LinearSVC on our own splits, C chosen on our own inner folds.

    python lfw_linear_svc.py splits.json embeddings.npz [--grid 0.1 1 10 100] [--tol 1e-4] [--primal]

splits.json: one object per repeat, {"train": [...], "test": [...], "folds": [{"train": [...], "test": [...]}, ...]}. `train`
and `test` are rows of the npz; in `folds` they are positions in the repeat's `train`, as `innerFolds` returns them.
embeddings.npz: `embeddings`, n x dimensions, and `names`, n labels.

Prints JSON: per repeat the test accuracy, the chosen C, the mean fold accuracy of each C, the seconds of the last fit (at the
chosen C on all of `train`) and of everything, and whether that fit converged.
"""

import argparse
import json
import time
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.preprocessing import Normalizer
from sklearn.svm import LinearSVC

parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
parser.add_argument("splits")
parser.add_argument("embeddings")
parser.add_argument("--grid", type=float, nargs="+", default=[0.1, 1.0, 10.0, 100.0])
parser.add_argument("--tol", type=float, default=1e-4)
parser.add_argument("--primal", action="store_true", help="the primal solver (scikit-learn's own choice here), not the dual one")
arguments = parser.parse_args()

with np.load(arguments.embeddings) as archive:
    x = Normalizer().transform(archive["embeddings"].astype(np.float64))
    names = archive["names"]
with open(arguments.splits, encoding="utf-8") as file:
    repeats = json.load(file)


def fit(c, rows):
    return LinearSVC(C=c, tol=arguments.tol, dual=not arguments.primal, random_state=0).fit(x[rows], names[rows])


results = []
for repeat in repeats:
    started = time.perf_counter()
    train = np.asarray(repeat["train"])
    test = np.asarray(repeat["test"])
    grid = sorted(set(arguments.grid))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        means = [
            float(np.mean([fit(c, train[fold["train"]]).score(x[train[fold["test"]]], names[train[fold["test"]]]) for fold in repeat["folds"]]))
            for c in grid
        ]
    # Means that differ by rounding alone are equal, and the smaller C of equals is taken: as in linear-svm.ts.
    best = next(c for c, mean in zip(grid, means) if mean >= max(means) - 1e-12)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ConvergenceWarning)
        fitting = time.perf_counter()
        model = fit(best, train)
        finished = time.perf_counter()
    results.append(
        {
            "accuracy": float(model.score(x[test], names[test])),
            "c": best,
            "cvAccuracies": means,
            "fitSeconds": finished - fitting,
            "totalSeconds": finished - started,
            "converged": not caught,
        }
    )
print(json.dumps({"grid": sorted(set(arguments.grid)), "tol": arguments.tol, "dual": not arguments.primal, "repeats": results}, indent=2))
