"""Similarity transforms by Umeyama's method (numpy's SVD), as a fixture for test/alignment.

    python test/reference/alignment/similarity.py

Writes similarity.json beside itself. Version used: numpy 2.4.6.
The method: Umeyama 1991, equations 40 to 43, with the sign matrix S that excludes reflections. facelab divides complex
numbers instead; nothing here is shared with it. Also written: dlib's chip template, reduced from the 51 inner points of
its mean face shape (dlib/image_transforms/interpolation.h, get_face_chip_details) to five.
"""

import json
from pathlib import Path

import numpy as np


def umeyama(source, target):
    source_mean, target_mean = source.mean(axis=0), target.mean(axis=0)
    p, q = source - source_mean, target - target_mean
    covariance = q.T @ p / len(p)
    u, d, vt = np.linalg.svd(covariance)
    sign = np.diag([1.0, np.sign(np.linalg.det(u) * np.linalg.det(vt))])
    rotation = u @ sign @ vt
    scale = np.trace(np.diag(d) @ sign) / (p**2).sum(axis=1).mean()
    matrix = scale * rotation
    return matrix, target_mean - matrix @ source_mean


def case(name, source, target):
    matrix, shift = umeyama(source, target)
    # Rotation and scale: [[a, -b], [b, a]].
    assert np.allclose([matrix[0, 0], matrix[1, 0]], [matrix[1, 1], -matrix[0, 1]])
    result = {"a": matrix[0, 0], "b": matrix[1, 0], "dx": shift[0], "dy": shift[1]}
    return {
        "name": name,
        "from": source.tolist(),
        "to": target.tolist(),
        "expected": {key: float(value) for key, value in result.items()},
    }


def turned(points, scale, degrees, shift):
    radians = np.deg2rad(degrees)
    rotation = [[np.cos(radians), -np.sin(radians)], [np.sin(radians), np.cos(radians)]]
    return scale * points @ np.array(rotation).T + shift


random = np.random.default_rng(20261122)
face = np.array([[38.3, 51.7], [73.5, 51.5], [56.0, 71.7], [41.5, 92.4], [70.7, 92.2]])
cases = [
    case("exact", face, turned(face, 2.5, 30, [400, 300])),
    case("exact, upside down", face, turned(face, 0.4, 180, [-20, 15.5])),
    case("identity", face, face),
    case("two points", face[:2], np.array([[10.0, 10.0], [10.0, 60.0]])),
    # The best transform would be a mirror image; it must be refused.
    case("mirrored", face, np.array([-1, 1]) * face + [112, 0]),
    case("far from the origin", face, turned(face, 3, -75, [1e6, -2e6]) + random.normal(0, 5, face.shape)),
    case("target in one point", face, np.full((5, 2), 7.0)),
]
for count in [3, 5, 5, 5, 68]:
    source = random.uniform(0, 150, (count, 2))
    noise = random.normal(0, 12, (count, 2))
    angle, scale = random.uniform(-180, 180), random.uniform(0.2, 8)
    target = turned(source, scale, angle, random.uniform(-500, 2000, 2)) + noise
    cases.append(case(f"noisy, {count} points, {angle:.0f} degrees, scale {scale:.1f}", source, target))
cases.append(case("unrelated points", random.uniform(0, 100, (5, 2)), random.uniform(0, 100, (5, 2))))

# Points 18 to 68 (counted from 1).
MEAN_X = [
    0.000213256, 0.0752622, 0.18113, 0.29077, 0.393397, 0.586856, 0.689483, 0.799124, 0.904991, 0.98004, 0.490127,
    0.490127, 0.490127, 0.490127, 0.36688, 0.426036, 0.490127, 0.554217, 0.613373, 0.121737, 0.187122, 0.265825,
    0.334606, 0.260918, 0.182743, 0.645647, 0.714428, 0.793132, 0.858516, 0.79751, 0.719335, 0.254149, 0.340985,
    0.428858, 0.490127, 0.551395, 0.639268, 0.726104, 0.642159, 0.556721, 0.490127, 0.423532, 0.338094, 0.290379,
    0.428096, 0.490127, 0.552157, 0.689874, 0.553364, 0.490127, 0.42689,
]  # fmt: skip
MEAN_Y = [
    0.106454, 0.038915, 0.0187482, 0.0344891, 0.0773906, 0.0773906, 0.0344891, 0.0187482, 0.038915, 0.106454, 0.203352,
    0.307009, 0.409805, 0.515625, 0.587326, 0.609345, 0.628106, 0.609345, 0.587326, 0.216423, 0.178758, 0.179852,
    0.231733, 0.245099, 0.244077, 0.231733, 0.179852, 0.178758, 0.216423, 0.244077, 0.245099, 0.780233, 0.745405,
    0.727388, 0.742578, 0.727388, 0.745405, 0.780233, 0.864805, 0.902192, 0.909281, 0.902192, 0.864805, 0.784792,
    0.778746, 0.785343, 0.778746, 0.784792, 0.824182, 0.831803, 0.824182,
]  # fmt: skip
shape = np.array([MEAN_X, MEAN_Y]).T
assert shape.shape == (51, 2)
five = np.array([shape[19:25].mean(axis=0), shape[25:31].mean(axis=0), shape[13], shape[31], shape[37]])
padding, size = 0.25, 150
template = (padding + five) / (2 * padding + 1) * size

out = {"cases": cases, "dlibTemplate": template.round(6).tolist()}
Path(__file__).with_name("similarity.json").write_text(json.dumps(out, indent=1) + "\n")
print(len(cases), "cases")
