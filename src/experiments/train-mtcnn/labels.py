"""Labels for the photos, by the published networks (the teacher).

The teacher runs at low thresholds (.5 / .45 / .35). What it is sure of becomes an example; everything else that it found becomes an
ignore zone: too doubtful to call a face, too likely a face to call background.

One look of O-Net at a face is noisy: shift the square by two pixels and the landmarks move by a few percent of the eye distance. A
student can only be as exact as its labels, so each face is looked at VIEWS times, in squares that are shifted, scaled, turned and
mirrored, and the answers are carried back into the photo and averaged.
"""

from pathlib import Path

import cv2
import numpy as np
import torch

import cascade
import photos
import weights

VIEWS = 16
THRESHOLDS = (0.5, 0.45, 0.35)
MIN_FACE = 20
SURE = 0.95
"""From this probability on (mean of all views) a box is an example of a face."""

MIRRORED = [1, 0, 2, 4, 3]
"""Landmarks are left eye, right eye, nose, left and right corner of the mouth, as the viewer sees them: a mirror swaps sides."""

_teacher: dict[str, torch.nn.Module] = {}
_paths: list[Path] = []


def start(reference: Path, folder: Path) -> None:
    """Prepares a process."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    _teacher.update(weights.functions_of(weights.read_weights(reference)))
    _paths.extend(photos.list_photos(folder))


def label_photos(first: int, last: int, seed: int) -> dict[str, np.ndarray]:
    """Faces in photos first to last - 1: `photo` (row in the list), `box` (left, top, right, bottom in pixels, from 0), `landmarks` 5 x 2,
    `probability` (mean over the views) and `score` (of the cascade)."""
    rows: dict[str, list] = {name: [] for name in ("photo", "box", "landmarks", "probability", "score")}
    for index in range(first, last):
        image = photos.read_photo(_paths[index])
        found = cascade.detect(_teacher, image, MIN_FACE, THRESHOLDS)
        random = np.random.default_rng([seed, 1, index])
        for box, score in zip(found.boxes, found.scores):
            mean_box, points, probability = many_looks(_teacher["onet"], image, box - [1, 1, 0, 0], random)
            for name, value in zip(rows, (index, mean_box, points, probability, score)):
                rows[name].append(value)
    shapes = {"box": (-1, 4), "landmarks": (-1, 5, 2)}
    return {name: np.array(values, np.float32).reshape(shapes.get(name, (-1,))) for name, values in rows.items()}


def many_looks(onet: torch.nn.Module, image: np.ndarray, box: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """A face's box and landmarks, averaged over VIEWS looks of O-Net. Boxes are averaged over the looks that were not turned."""
    centre, side = (box[:2] + box[2:]) / 2, float((box[2:] - box[:2]).max())
    turned = np.arange(VIEWS) % 2 == 1
    angles = np.where(turned, random.normal(0, 10, VIEWS), 0)
    sides = side * np.exp(random.normal(0, 0.06, VIEWS))
    shifts = random.normal(0, 0.04, (VIEWS, 2)) * side
    mirrored = random.random(VIEWS) < 0.5
    looks, backs = [], []
    for angle, look_side, shift, mirror in zip(angles, sides, shifts, mirrored):
        look, back = look_at(image, centre + shift, look_side, angle, mirror)
        looks.append(look)
        backs.append(back)
    with torch.inference_mode():
        out = cascade.run(onet, torch.stack(looks))
    probability = float(torch.softmax(out[:, :2], dim=1)[:, 1].mean())
    points, boxes = [], []
    for row, back, mirror, was_turned in zip(out.numpy(), backs, mirrored, turned):
        seen = row[6:].reshape(2, 5).T
        points.append(carried(back, seen[MIRRORED] if mirror else seen))
        if not was_turned:
            corners = carried(back, np.array([[row[2], row[3]], [1 + row[4], 1 + row[5]]]))
            boxes.append(np.concatenate([corners.min(axis=0), corners.max(axis=0)]))
    return np.mean(boxes, axis=0), np.median(points, axis=0), probability


def look_at(image: np.ndarray, centre: np.ndarray, side: float, angle: float, mirror: bool) -> tuple[torch.Tensor, np.ndarray]:
    """The 48 x 48 pixels of a turned square, and the 2 x 3 matrix that carries its unit coordinates back into the photo."""
    turn = np.deg2rad(angle)
    axis_x = np.array([np.cos(turn), np.sin(turn)]) * side * (-1 if mirror else 1)
    axis_y = np.array([-np.sin(turn), np.cos(turn)]) * side
    corner = centre - (axis_x + axis_y) / 2
    back = np.column_stack([axis_x, axis_y, corner])
    # Twice as many pixels as needed, then averaged: bilinear interpolation alone would skip pixels of a large face.
    fine = 96 if side > 48 else 48
    step = back.copy()
    step[:, :2] /= fine
    step[:, 2] += step[:, :2].sum(axis=1) / 2 - 0.5
    sampled = cv2.warpAffine(image, step, (fine, fine), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE)
    return cascade.average(cascade.as_planes(sampled), 48, 48), back


def carried(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    return points @ matrix[:, :2].T + matrix[:, 2]
