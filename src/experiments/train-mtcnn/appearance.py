"""Light, colour, blur, noise and things in front of faces. Each function takes and returns h x w x 3 float32, 0 to 255."""

import cv2
import numpy as np


def relit(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Other light: coloured lamps, exposure, a gradient from one side, no colour at all, channels exchanged."""
    height, width = image.shape[:2]
    if random.random() < 0.8:
        gain = np.exp(random.normal(0, 0.2) + random.normal(0, 0.18, 3)).astype(np.float32)
        image = image * gain
    if random.random() < 0.35:
        ramp = np.linspace(-1, 1, width, dtype=np.float32) * random.normal() + np.linspace(-1, 1, height, dtype=np.float32)[:, None] * random.normal()
        tint = np.exp(np.float32(0.35) * ramp[:, :, None] * (1 + 0.3 * random.normal(0, 1, 3).astype(np.float32)))
        image = image * tint
    if random.random() < 0.5:
        image = 255 * (np.clip(image, 0, 255) / 255) ** np.float32(np.exp(random.normal(0, 0.3)))
    if random.random() < 0.3:
        middle = np.float32(image.mean())
        image = (image - middle) * np.float32(np.exp(random.normal(0, 0.3))) + middle
    if random.random() < 0.12:
        image = np.repeat(image.mean(axis=2, keepdims=True), 3, axis=2) * np.exp(random.normal(0, 0.06, 3)).astype(np.float32)
    elif random.random() < 0.06:
        image = image[:, :, random.permutation(3)]
    return image


def degraded(image: np.ndarray, face_side: float, random: np.random.Generator) -> np.ndarray:
    """Out of focus, shaken, from few pixels, noisy; in proportion to the face."""
    if random.random() < 0.3:
        sigma = face_side * random.uniform(0.005, 0.045)
        if sigma > 0.3:
            image = cv2.GaussianBlur(image, (0, 0), sigma)
    if random.random() < 0.06:
        length = max(2, int(face_side * random.uniform(0.02, 0.1)))
        kernel = np.zeros((length, length), np.float32)
        angle = random.uniform(0, np.pi)
        reach = np.array([np.cos(angle), np.sin(angle)]) * length / 2
        cv2.line(kernel, tuple((length / 2 - reach).astype(int).tolist()), tuple((length / 2 + reach).astype(int).tolist()), 1.0)
        image = cv2.filter2D(image, -1, kernel / max(float(kernel.sum()), 1.0))
    if random.random() < 0.2 and min(image.shape[:2]) > 30:
        height, width = image.shape[:2]
        factor = random.uniform(0.4, 0.9)
        small = cv2.resize(image, (max(8, int(width * factor)), max(8, int(height * factor))), interpolation=cv2.INTER_AREA)
        image = cv2.resize(small, (width, height), interpolation=random.choice([cv2.INTER_LINEAR, cv2.INTER_NEAREST, cv2.INTER_CUBIC]))
    if random.random() < 0.2:
        image = image + random.normal(0, random.uniform(2, 14), image.shape).astype(np.float32)
    return image


def covered(image: np.ndarray, box: np.ndarray, landmarks: np.ndarray, random: np.random.Generator) -> None:
    """Draws one thing in front of a face, in place: dark glasses, a scarf, a bar, a hand."""
    side = float((box[2:] - box[:2]).max())
    if side < 16:
        return
    eyes, mouth = landmarks[:2].mean(axis=0), landmarks[3:].mean(axis=0)
    across = landmarks[1] - landmarks[0]
    colour = random.uniform(0, 255, 3).tolist()
    kind = random.integers(4)
    if kind == 0:
        dark = (np.array([1, 1, 1]) * random.uniform(0, 60)).tolist()
        for eye in landmarks[:2]:
            radius = np.linalg.norm(across) * random.uniform(0.28, 0.42)
            tilt = float(np.degrees(np.arctan2(across[1], across[0])))
            _ellipse(image, eye, (radius, radius * random.uniform(0.6, 0.9)), tilt, dark, 0.9)
    elif kind == 1:
        down = mouth - eyes
        corner = mouth - down * 0.25
        quad = np.array([corner - across * 1.2, corner + across * 1.2, corner + across * 1.2 + down * 1.6, corner - across * 1.2 + down * 1.6])
        cv2.fillConvexPoly(image, np.round(quad).astype(np.int32), colour)
    elif kind == 2:
        place = box[:2] + random.random(2) * (box[2:] - box[:2])
        size = side * random.uniform(0.08, 0.3, 2)
        cv2.rectangle(image, tuple((place - size / 2).astype(int).tolist()), tuple((place + size / 2).astype(int).tolist()), colour, -1)
    else:
        place = random.choice([box[:2], box[2:], np.array([box[0], box[3]]), np.array([box[2], box[1]])])
        skin = image[np.clip(int(eyes[1]), 0, image.shape[0] - 1), np.clip(int(eyes[0]), 0, image.shape[1] - 1)]
        _ellipse(image, place, (side * random.uniform(0.15, 0.35), side * random.uniform(0.15, 0.3)), random.uniform(0, 180), skin.tolist(), 1)


def _ellipse(image: np.ndarray, centre: np.ndarray, axes: tuple[float, float], tilt: float, colour: list[float], opacity: float) -> None:
    over = image.copy() if opacity < 1 else image
    cv2.ellipse(over, tuple(np.round(centre).astype(int).tolist()), (max(1, int(axes[0])), max(1, int(axes[1]))), tilt, 0, 360, colour, -1)
    if opacity < 1:
        image[:] = opacity * over + (1 - opacity) * image


def texture(height: int, width: int, random: np.random.Generator) -> np.ndarray:
    """No photo at all: clouds of several sizes, stripes, discs."""
    image = np.zeros((height, width, 3), np.float32) + random.uniform(0, 255, 3).astype(np.float32)
    for cells in (2, 5, 12, 30, 80):
        if random.random() < 0.7:
            cloud = random.normal(0, random.uniform(5, 50), (cells, cells, 3 if random.random() < 0.5 else 1)).astype(np.float32)
            grown = cv2.resize(np.repeat(cloud, 3 // cloud.shape[2], axis=2), (width, height), interpolation=cv2.INTER_CUBIC)
            image += grown
    if random.random() < 0.4:
        angle, period = random.uniform(0, np.pi), random.uniform(4, 60)
        phase = np.arange(width) * np.cos(angle) + np.arange(height)[:, None] * np.sin(angle)
        wave = np.sin(phase * 2 * np.pi / period)
        image += (random.uniform(10, 60) * (np.sign(wave) if random.random() < 0.5 else wave))[:, :, None].astype(np.float32)
    for _ in range(random.integers(0, 12)):
        radius = random.uniform(0.02, 0.3) * min(height, width)
        place = random.random(2) * [width, height]
        _ellipse(image, place, (radius, radius * random.uniform(0.4, 1)), random.uniform(0, 180), random.uniform(0, 255, 3).tolist(), 1)
    return image
