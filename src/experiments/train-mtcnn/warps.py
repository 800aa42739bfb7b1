"""Where a face goes when the head turns: one map for pixels (backwards) and landmarks (forwards).

LFW's faces look at the camera. To learn others, each face is turned as a picture (roll) and as a head: an ellipsoid in front of the
photo, with the photo painted on it, that turns left and right (yaw) and nods (pitch). What was hidden behind the head's edge is
smeared from the edge, what comes to lie behind it is hidden. Crude, but eyes, nose and mouth move together as they do in life.
"""

from dataclasses import dataclass

import numpy as np

WIDTH, HEIGHT = 0.95, 1.4
"""Half axes of the head in half sides of the face's square."""
HIDDEN = np.deg2rad(86)


@dataclass
class Warp:
    """From a square of the photo (centre, side in pixels) to one in the scene, turned by angles in radians."""

    source_centre: np.ndarray
    source_side: float
    centre: np.ndarray
    side: float
    roll: float = 0.0
    yaw: float = 0.0
    pitch: float = 0.0
    aspect: float = 1.0
    shear: float = 0.0
    mirror: bool = False

    def matrix(self) -> np.ndarray:
        """2 x 2, from half sides in the head's frame to half sides in the scene."""
        cos, sin = np.cos(self.roll), np.sin(self.roll)
        return np.array([[cos, -sin], [sin, cos]]) @ np.array([[self.aspect, self.shear], [0, 1 / self.aspect]])

    def forward(self, points: np.ndarray) -> np.ndarray:
        """Points of the photo (n x 2, pixels) to the scene."""
        half = (points - self.source_centre) / (self.source_side / 2)
        if self.mirror:
            half = half * [-1, 1]
        x, y = half.T
        x = _turned(x, _reach(WIDTH, y, HEIGHT), self.yaw)
        y = _turned(y, _reach(HEIGHT, x, WIDTH), self.pitch)
        return np.column_stack([x, y]) @ self.matrix().T * (self.side / 2) + self.centre

    def backward(self, left: int, top: int, width: int, height: int) -> tuple[np.ndarray, np.ndarray]:
        """For each pixel of a part of the scene its place in the photo: two height x width maps, as cv2.remap takes them."""
        inverse = (np.linalg.inv(self.matrix()) / (self.side / 2)).astype(np.float32)
        columns = np.arange(left, left + width, dtype=np.float32) - np.float32(self.centre[0])
        rows = np.arange(top, top + height, dtype=np.float32)[:, None] - np.float32(self.centre[1])
        x = inverse[0, 0] * columns + inverse[0, 1] * rows
        y = inverse[1, 0] * columns + inverse[1, 1] * rows
        if self.pitch:
            y = _turned(y, _reach(HEIGHT, x, WIDTH), -self.pitch)
        if self.yaw:
            x = _turned(x, _reach(WIDTH, y, HEIGHT), -self.yaw)
        if self.mirror:
            x = -x
        half = np.float32(self.source_side / 2)
        return x * half + np.float32(self.source_centre[0]), y * half + np.float32(self.source_centre[1])


def _reach(axis: float, across: np.ndarray, across_axis: float) -> np.ndarray:
    """Half the head's extent along one direction, that far from its middle in the other one."""
    return axis * np.sqrt(np.maximum(1 - (across / across_axis) ** 2, 0))


def _turned(along: np.ndarray, reach: np.ndarray, angle: float) -> np.ndarray:
    """A place on the head after it turned; places beside the head stay."""
    if angle == 0:
        return along
    on_head = np.abs(along) < reach
    where = np.arcsin(np.clip(along / np.maximum(reach, 1e-6), -1, 1))
    return np.where(on_head, reach * np.sin(np.clip(where + angle, -HIDDEN, HIDDEN)), along).astype(along.dtype)


def outline(box: np.ndarray, points: int = 24) -> np.ndarray:
    """The ellipse that fills a box, as n x 2 points: a turned face's box is that of its turned outline."""
    turn = np.linspace(0, 2 * np.pi, points, endpoint=False)
    centre, half = (box[:2] + box[2:]) / 2, (box[2:] - box[:2]) / 2
    return centre + half * np.column_stack([np.cos(turn), np.sin(turn)])


def bounds(points: np.ndarray) -> np.ndarray:
    return np.concatenate([points.min(axis=0), points.max(axis=0)])
