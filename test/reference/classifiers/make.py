"""Writes the reference numbers beside this script, from scikit-learn: python make.py

Needs scikit-learn 1.9.1. All inputs are multiples of 1/1024, so that 32-bit embeddings hold them exactly.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.calibration import _sigmoid_calibration
from sklearn.decomposition import PCA
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import LabelEncoder, Normalizer
from sklearn.svm import LinearSVC


def grid(values):
    return np.round(np.asarray(values) * 1024) / 1024


def write(name, data):
    path = Path(__file__).parent / f"{name}.json"
    path.write_text(json.dumps(data, separators=(",", ":")) + "\n")
    print(path.name, path.stat().st_size, "bytes")


def blobs(rng, people, photos, dimensions, spread):
    centres = rng.normal(size=(people, dimensions))
    labels = np.repeat(np.arange(people), photos)
    points = grid(centres[labels] + spread * rng.normal(size=(people * photos, dimensions)))
    return points, np.array([f"person {k}" for k in labels])


def pca():
    cases = []
    # More rows than numbers and fewer, a cloud that is flat in some directions, and one point twice.
    for size, dimensions, rank, count in [(20, 6, 6, 6), (20, 6, 6, 2), (7, 30, 30, 5), (12, 40, 3, 3), (9, 9, 9, 8)]:
        rng = np.random.default_rng(size * dimensions)
        x = grid(rng.normal(size=(size, rank)) @ np.diag(np.arange(rank) + 1.0) @ rng.normal(size=(rank, dimensions)))
        if rank < min(size, dimensions):
            x = np.round(rng.normal(size=(size, rank)) * 8) @ np.round(rng.normal(size=(rank, dimensions)) * 8) / 64
        model = PCA(n_components=count, svd_solver="full").fit(x)
        query = grid(rng.normal(size=(1, dimensions)))
        cases.append(
            {
                "rows": x.tolist(),
                "count": count,
                "mean": model.mean_.tolist(),
                "components": model.components_.tolist(),
                "explainedVariance": model.explained_variance_.tolist(),
                "explainedVarianceRatio": model.explained_variance_ratio_.tolist(),
                "query": query[0].tolist(),
                "transformed": model.transform(query)[0].tolist(),
            }
        )
    write("pca", cases)


def linear_svc():
    cases = []
    # 7 and 129 dimensions are no multiples of 4, 8 is: both ends of an unrolled loop. A spread of 1.2 overlaps, 0.3 separates.
    for people, photos, dimensions, spread, c in [
        (5, 14, 7, 1.2, 1.0),
        (5, 14, 7, 1.2, 10.0),
        (4, 12, 8, 0.3, 100.0),
        (2, 20, 8, 1.2, 10.0),
        (3, 6, 129, 1.0, 0.1),
    ]:
        rng = np.random.default_rng(dimensions + people)
        x, y = blobs(rng, people, photos, dimensions, spread)
        queries = grid(rng.normal(size=(8, dimensions)))
        model = LinearSVC(C=c, dual=True, tol=1e-10, max_iter=10_000_000, random_state=0).fit(x, y)
        cases.append(
            {
                "c": c,
                "x": x.tolist(),
                "y": y.tolist(),
                "queries": queries.tolist(),
                "classes": model.classes_.tolist(),
                "coef": model.coef_.tolist(),
                "intercept": model.intercept_.tolist(),
                "decisions": model.decision_function(queries).tolist(),
                "predictions": model.predict(queries).tolist(),
            }
        )
    write("linear-svc", cases)


def k_neighbors():
    rng = np.random.default_rng(3)
    x, y = blobs(rng, 4, 8, 5, 1.5)
    # The same face under two names, twice: equal votes at distance 0.
    x = np.concatenate([x, x[[0, 9]]])
    y = np.concatenate([y, ["person 3", "person 0"]])
    queries = np.concatenate([grid(1.2 * rng.normal(size=(40, 5))), x[[0, 9, 17]]])
    cases = []
    ties = 0
    for metric in ["cosine", "euclidean"]:
        for weights in ["uniform", "distance"]:
            for k in [1, 2, 4, 5, len(x)]:
                model = KNeighborsClassifier(k, weights=weights, metric=metric, algorithm="brute").fit(x, y)
                # scikit-learn leaves it open which of equally distant faces is the k-th: not to be compared.
                distances = model.kneighbors(queries, len(x))[0]
                clear = np.ones(len(queries), bool) if k == len(x) else distances[:, k] - distances[:, k - 1] > 1e-9
                probabilities = model.predict_proba(queries)
                top = np.sort(probabilities, axis=1)
                ties += int((top[clear, -1] == top[clear, -2]).sum())
                cases.append(
                    {
                        "nNeighbors": k,
                        "weights": weights,
                        "metric": metric,
                        "queries": np.flatnonzero(clear).tolist(),
                        "predictions": model.predict(queries)[clear].tolist(),
                        "probabilities": probabilities[clear].round(12).tolist(),
                    }
                )
    assert ties > 20, ties
    write("k-neighbors", {"x": x.tolist(), "y": y.tolist(), "queries": queries.tolist(), "cases": cases})


def normalizer():
    rng = np.random.default_rng(4)
    x = np.concatenate([grid(rng.normal(size=(5, 6))), np.zeros((1, 6)), np.full((1, 6), 1 / 1024), grid([[0, 0, -3, 0, 0, 0]])])
    write("normalizer", {"x": x.tolist(), "normalized": Normalizer().transform(x).tolist()})


def label_encoder():
    # A smiling face (U+1F600) sorts after a full-width A (U+FF21) by code point, before it by UTF-16 unit.
    labels = ["b", "\U0001f600", "a", "Zoë", "\uff21", "zoe", "b", "", "10", "9", "Zo", "a b", "\uff21", "É"]
    encoder = LabelEncoder().fit(labels)
    write("label-encoder", {"labels": labels, "classes": encoder.classes_.tolist(), "codes": encoder.transform(labels).tolist()})


def platt():
    cases = []
    rng = np.random.default_rng(5)
    for name, positive, negative, shift in [
        ("overlapping", 60, 60, 1.0),
        ("unbalanced", 20, 300, 1.5),
        ("separable", 30, 90, 12.0),
        ("against the machine", 40, 40, -1.0),
        ("one positive", 1, 30, 2.0),
    ]:
        decisions = np.concatenate([rng.normal(shift / 2, 1, positive), rng.normal(-shift / 2, 1, negative)]).round(4)
        y = np.concatenate([np.ones(positive), np.zeros(negative)])
        a, b = _sigmoid_calibration(decisions, y)
        cases.append({"name": name, "decisions": decisions.tolist(), "positives": y.astype(int).tolist(), "a": float(a), "b": float(b)})
    write("platt", cases)


pca()
linear_svc()
k_neighbors()
normalizer()
label_encoder()
platt()
