"""Writes the reference numbers beside this script: python make.py

Needs scikit-learn 1.9.1 and the scipy and numpy that come with it. Where these have no such function (Wilson's interval,
Nadeau and Bengio's t-test, Holm) the formula is written out here, apart from ours.
`npx biome check --write` beside it lays the files out as they are kept.
An answer of `unknown` is None in JSON and a label outside of `labels` for scikit-learn.
"""

import json
import math
import re
import warnings
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy.stats import binomtest, norm, t
from sklearn.metrics import (
    accuracy_score,
    balanced_accuracy_score,
    classification_report,
    confusion_matrix,
    f1_score,
    log_loss,
    precision_recall_fscore_support,
    top_k_accuracy_score,
)

NOBODY = "<nobody>"


def write(name, data):
    path = Path(__file__).parent / f"{name}.json"
    path.write_text(json.dumps(data, separators=(",", ":"), allow_nan=False) + "\n", encoding="utf-8")
    print(path.name, path.stat().st_size, "bytes")


def answers(rng, people, count, right, unknown=0.0):
    truth = rng.choice(people, count, p=rng.dirichlet(np.full(len(people), 2.0)))
    guess = rng.choice(people, count)
    predicted = np.where(rng.random(count) < right, truth, guess).tolist()
    predicted = [None if u else p for p, u in zip(predicted, rng.random(count) < unknown)]
    return truth.tolist(), predicted


def report(*arguments, **options):
    # Where not a single answer is right, scikit-learn's support turns into floats ("3.0"): an accident, put right here.
    text = classification_report(*arguments, **options)
    return re.sub(r" +\d+\.0$", lambda m: m[0][:-2].rjust(len(m[0])), text, flags=re.M)


def classification():
    rng = np.random.default_rng(4)
    six = [f"person {k}" for k in range(6)]
    scripts = ["Łukasz Żółć", "王小明", "Ольга", "نورا", "😀 emoji", "ｆｕｌｌｗｉｄｔｈ", "a, \"b\"", "=1+1", "<script>", "e\u0301 combining"]
    cases = [
        ("six people", *answers(rng, six, 90, 0.7), None),
        ("six people and unknown", *answers(rng, six, 90, 0.7, 0.2), None),
        ("one person", ["anna"] * 5, ["anna"] * 5, None),
        ("one sample, wrong", ["anna"], ["bert"], None),
        ("one sample, unknown", ["anna"], [None], None),
        ("one person is never predicted", ["anna", "bert", "bert", "carl"], ["anna", "bert", "anna", "bert"], None),
        ("labels that are only predicted", ["anna", "bert", "bert"], ["dora", "bert", "carl"], None),
        ("all wrong", ["anna", "bert"] * 3, ["bert", "anna"] * 3, None),
        ("all unknown", ["anna", "bert", "bert"], [None] * 3, None),
        ("any script", *answers(rng, scripts, 60, 0.8), None),
        ("more labels than occur, in an order of their own", ["b", "a", "b"], ["a", "a", "b"], ["d", "b", "c", "a"]),
        ("the same with unknown", ["b", "a", "b"], ["a", None, "b"], ["d", "b", "c", "a"]),
        # Recalls of 1/8, 3/8, 5/8, 7/8: exact halves of 2 decimals.
        ("halves to round", [p for p in "abcd" for _ in range(8)], [p if i < r else "e" for p, r in zip("abcd", (1, 3, 5, 7)) for i in range(8)], None),
        ("a label longer than the headings", ["Maximiliane Konstantinopolitanska", "b"], ["b", "b"], None),
        ("a person called accuracy", ["accuracy", "macro avg"], ["accuracy", "accuracy"], None),
    ]
    out = []
    for name, truth, predicted, given in cases:
        filled = [NOBODY if p is None else p for p in predicted]
        unknown = NOBODY in filled
        labels = given or sorted(set(truth) | set(filled) - {NOBODY})
        # Without unknown and an order scikit-learn finds the labels by itself.
        told = labels if unknown or given else None
        matrix = confusion_matrix(truth, filled, labels=[*labels, NOBODY])
        if told is None:
            assert (matrix[:-1, :-1] == confusion_matrix(truth, filled)).all()
        precision, recall, f1, support = precision_recall_fscore_support(truth, filled, labels=told, zero_division=0)
        averages = {
            average: [float(x) for x in precision_recall_fscore_support(truth, filled, labels=told, average=average, zero_division=0)[:3]]
            for average in ["micro", "macro", "weighted"]
        }
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            balanced = balanced_accuracy_score(truth, filled)
        out.append(
            {
                "name": name,
                "truth": truth,
                "predicted": predicted,
                "given": given,
                "labels": labels,
                "accuracy": float(accuracy_score(truth, filled)),
                "balancedAccuracy": balanced,
                "macroF1": float(f1_score(truth, filled, labels=told, average="macro", zero_division=0)),
                "counts": matrix[:-1, :-1].tolist(),
                "unknown": matrix[:-1, -1].tolist(),
                "precision": precision.tolist(),
                "recall": recall.tolist(),
                "f1Score": f1.tolist(),
                "support": support.tolist(),
                "averages": averages,
                "reports": {
                    digits: report(truth, filled, labels=told, digits=digits, zero_division=0) for digits in [0, 2, 4, 14]
                },
            }
        )
    write("classification", out)


def scores():
    rng = np.random.default_rng(5)
    top = []
    for size, count, levels in [(7, 40, 4), (7, 20, 1000), (2, 30, 4), (3, 5, 1), (2, 5, 1)]:
        labels = [f"person {k}" for k in range(size)]
        truth = rng.choice(labels, count)
        # Eighths: many ties, and pairs that sum to 1 exactly.
        rows = np.round(rng.random((count, size)) * levels) / levels
        if size == 2:
            rows[:, 0] = 1 - rows[:, 1]
        given = rows[:, 1] if size == 2 else rows
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            top.append(
                {
                    "labels": labels,
                    "truth": truth.tolist(),
                    "scores": rows.tolist(),
                    "topK": [float(top_k_accuracy_score(truth, given, k=k, labels=labels)) for k in range(1, size + 2)],
                    "default": float(top_k_accuracy_score(truth, given, k=5, labels=labels)),
                }
            )

    losses = []
    for name, size, count, alpha in [("spread", 6, 30, 1.0), ("sharp", 4, 30, 0.02), ("two people", 2, 20, 0.5)]:
        labels = [f"person {k}" for k in range(size)]
        truth = rng.choice(labels[: max(2, size - 1)], count)
        losses.append((name, labels, truth.tolist(), rng.dirichlet(np.full(size, alpha), count).tolist()))
    three = ["a", "b", "c"]
    losses.append(("0 for the true label", three, ["a", "b"], [[0.0, 1.0, 0.0], [0.25, 0.5, 0.25]]))
    losses.append(("1 for the true label", three, ["a", "b"], [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]))
    losses.append(("below epsilon", three, ["a", "c"], [[1e-300, 1.0, 0.0], [0.5, 0.5, 1e-17]]))
    losses.append(("one person in the truth", three, ["b", "b"], [[0.5, 0.25, 0.25], [0.125, 0.75, 0.125]]))
    losses.append(("sums to 1 + 1e-4, not normalised", three, ["b"], [[0.5, 0.2501, 0.25]]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        loss = [
            {"name": n, "labels": l, "truth": y, "probabilities": p, "logLoss": float(log_loss(y, p, labels=l))} for n, l, y, p in losses
        ]
    write("scores", {"top": top, "loss": loss})


def wilson(k, n, level):
    # The roots p of (p_hat - p)^2 = z^2 p (1 - p) / n, as a quadratic: another way than the closed form of ours.
    z2 = norm.isf((1 - level) / 2) ** 2
    p = k / n
    a, b, c = 1 + z2 / n, -(2 * p + z2 / n), p * p
    root = math.sqrt(max(b * b - 4 * a * c, 0.0))
    high = (-b + root) / (2 * a)
    return [c / (a * high), high]


def nadeau_bengio(differences, train, test):
    d = np.asarray(differences)
    statistic = d.mean() / np.sqrt((1 / len(d) + test / train) * d.var(ddof=1))
    return {
        "differences": d.tolist(),
        "train": train,
        "test": test,
        "mean": float(d.mean()),
        "statistic": float(statistic),
        "pValue": float(2 * t.sf(abs(statistic), len(d) - 1)),
    }


def binomial(b, c):
    n, k = b + c, min(b, c)
    if n == 0:
        return 1.0
    p = float(binomtest(b, n, 0.5).pvalue)
    if n > 10_000:
        return p
    # scipy's own rounds to 0 from about 1e-290 on: in whole numbers.
    exact = float(min(Fraction(1), Fraction(2 * sum(math.comb(n, i) for i in range(k + 1)), 2**n)))
    assert p == 0 and exact < 1e-250 or abs(p - exact) < 1e-10 * exact, (b, c, p, exact)
    return exact


def holm(p):
    # In exact fractions, each from the definition: the maximum over all smaller or equal ranks.
    order = sorted(range(len(p)), key=lambda i: p[i])
    adjusted = [0.0] * len(p)
    for rank, i in enumerate(order):
        adjusted[i] = float(min(Fraction(1), max((len(p) - r) * Fraction(p[order[r]]) for r in range(rank + 1))))
    return adjusted


def significance():
    rng = np.random.default_rng(6)
    intervals = [
        {"k": k, "n": n, "level": level, "interval": wilson(k, n, level)}
        for n, ks in [(1, (0, 1)), (10, (0, 1, 5, 9, 10)), (250, (0, 3, 249, 250)), (6000, (5949,)), (10**9, (123456789,))]
        for k in ks
        for level in (0.05, 0.5, 0.8, 0.95, 0.99, 1 - 1e-9, 1 - 1e-14)
    ]
    quantiles = [
        {"p": p, "x": float(norm.ppf(p))} for p in [1e-300, 1e-100, 1e-12, 1e-11, 1e-6, 0.025, 0.0749, 0.0751, 0.3, 0.5, 0.7, 0.92, 0.93, 0.975, 1 - 2**-30, 1 - 2**-50]
    ]
    tails = [
        # Next to 0 scipy answers 0.5 where there are 0.5 - 3e-10: the slope instead.
        {"t": x, "df": df, "sf": float(t.sf(x, df) if abs(x) > 1e-6 else 0.5 - x * t.pdf(0, df))}
        for df in (0.5, 1, 2, 3, 4, 9, 29, 30, 99, 127, 128, 129, 1000, 1e6)
        for x in (-40.0, -1.0, -1e-9, 0.0, 1e-9, 1e-3, 0.1, 0.7, 1.0, 1.5, 2.0, 3.5, 8.0, 40.0, 1e6)
        if t.sf(x, df) > 1e-300
    ]
    resampled = [
        nadeau_bengio(np.round(rng.normal(mean, deviation, n), 4), train, test)
        for mean, deviation, n, train, test in [
            (0.01, 0.02, 10, 90, 10),
            (-0.03, 0.02, 10, 70, 30),
            (0.0, 0.01, 30, 2100, 900),
            (0.2, 0.01, 5, 50, 50),
            (0.004, 0.02, 100, 9, 1),
        ]
    ] + [nadeau_bengio([0.1, -0.1], 10, 10), nadeau_bengio([0.25, 0.5], 3, 1)]
    mcnemar = [
        {"b": b, "c": c, "pValue": binomial(b, c)}
        for b, c in [
            (0, 0), (1, 0), (0, 1), (1, 1), (2, 1), (2, 0), (0, 6), (5, 5), (6, 4), (3, 9), (12, 2), (25, 26), (40, 70), (0, 200),
            (600, 500), (1000, 20), (20, 1100), (3000, 2800), (50_000, 50_700), (500_000, 498_000),
        ]
    ]  # fmt: skip
    adjusted = [
        {"pValues": p, "adjusted": holm(p)}
        for p in [
            [0.03],
            [0.01, 0.04, 0.03, 0.005],
            [0.04, 0.04, 0.04],
            [0.01, 0.02, 0.011, 1.0, 0.0, 0.7],
            [0.9, 0.8, 0.7],
            [0.011, 0.02],
            np.round(rng.random(12) ** 4, 6).tolist(),
        ]
    ]
    write("significance", {"wilson": intervals, "quantiles": quantiles, "tails": tails, "resampled": resampled, "mcnemar": mcnemar, "holm": adjusted})


classification()
scores()
significance()
