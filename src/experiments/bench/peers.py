"""Times what others do with the same photos, one thread each: python peers.py FOLDER prints JSON.

FOLDER holds task.json (what to do), photos as PNG, and rows.json (embeddings). Decoding is not timed, resizing is.
A package that is missing is left out, with the reason.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"]:
    os.environ[name] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

folder = Path(sys.argv[1])
task = json.loads((folder / "task.json").read_text())
measured, missing = [], {}


def median(run, items, rounds):
    run()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return 1000 * statistics.median(times) / items


def add(group, name, run, items, rounds=3):
    measured.append({"group": group, "name": name, "milliseconds": median(run, items, rounds)})


def optional(package):
    """Runs a function that needs a package; without it the others go on."""

    def decorate(function):
        try:
            function()
        except (ImportError, SystemExit) as error:
            # face_recognition ends the program where its models do not load.
            missing[package] = str(error) or type(error).__name__

    return decorate


def photos(width):
    return [np.asarray(Image.open(folder / name).convert("RGB")) for name in task["photos"][str(width)]]


@optional("face_recognition")
def _():
    import face_recognition

    faces = [
        (image, [tuple(box) for box in boxes])
        for image, boxes in zip(photos(1920), task["boxes"])
        if boxes
    ]
    count = sum(len(boxes) for _, boxes in faces)
    add("embedding", "face_recognition (dlib)", lambda: [face_recognition.face_encodings(i, b) for i, b in faces], count)

    def whole():
        for path in task["files"]:
            face_recognition.face_encodings(face_recognition.load_image_file(path))

    add("pipeline", "face_recognition (HOG, no mirror images)", whole, len(task["files"]), 1)


@optional("facenet-pytorch")
def _():
    import torch
    from facenet_pytorch import MTCNN

    torch.set_num_threads(1)
    detector = MTCNN(keep_all=True, min_face_size=20, device="cpu")
    for width in task["photos"]:
        images = photos(width)
        add(f"detection {width}", "facenet-pytorch: MTCNN", lambda: [detector.detect(image) for image in images], len(images))


@optional("mtcnn")
def _():
    import tensorflow as tf
    from mtcnn import MTCNN

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    detector = MTCNN(device="CPU:0")
    for width in task["photos"]:
        images = photos(width)
        add(f"detection {width}", "mtcnn", lambda: [detector.detect_faces(i, min_face_size=20) for i in images], len(images), 1)


@optional("scikit-learn")
def _():
    from sklearn.svm import LinearSVC

    rows = json.loads((folder / "rows.json").read_text())
    x, y = np.asarray(rows["x"]), np.asarray(rows["y"])
    for solver in ["dual", "primal"]:
        fit = LinearSVC(C=10, tol=1e-4, random_state=0, max_iter=10000, dual=solver == "dual")
        add("svm", f"scikit-learn: LinearSVC, {solver}", lambda: fit.fit(x, y), 1)


print(json.dumps({"measured": measured, "missing": missing}))
