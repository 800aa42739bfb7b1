"""The three networks one after the other, as facelab runs them (src/lib/detection/mtcnn*.ts), down to counting pixels from 1.

Used twice: the published networks label the photos, and our own P- and R-Net find what the next network is trained on.
"""

from dataclasses import dataclass, field

import numpy as np
import torch

CELL, STRIDE = 12, 2
SCALE_FACTOR = 0.709


@dataclass
class Found:
    """Boxes n x 4 (left, top, right, bottom, counted from 1, last pixel included), scores n, landmarks n x 5 x 2 or none."""

    boxes: np.ndarray
    scores: np.ndarray
    landmarks: np.ndarray | None = None
    squares: np.ndarray = field(default_factory=lambda: np.zeros((0, 4)))


def as_planes(image: np.ndarray) -> torch.Tensor:
    """h x w x 3 uint8 to 3 x h x w float32, not yet scaled."""
    return torch.from_numpy(image).permute(2, 0, 1).float()


def normalised(planes: torch.Tensor) -> torch.Tensor:
    return (planes - 127.5) / 128


def average(planes: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """Resizes by averaging what falls into each new pixel; enlarges by repeating."""
    return torch.nn.functional.adaptive_avg_pool2d(planes, (height, width))


def propose(pnet: torch.nn.Module, planes: torch.Tensor, min_face: float, threshold: float) -> Found:
    """P-Net over the pyramid."""
    _, height, width = planes.shape
    boxes, scores, offsets = [], [], []
    scale = CELL / min_face
    while min(height, width) * scale >= CELL:
        level = normalised(average(planes, int(height * scale + 1), int(width * scale + 1)))
        out = pnet(level[None])[0]
        face = torch.softmax(out[:2], dim=0)[1]
        rows, columns = np.nonzero((face >= threshold).numpy())
        if len(rows):
            corner = np.stack([columns, rows], axis=1) * STRIDE
            level_boxes = np.floor(np.concatenate([corner + 1, corner + CELL], axis=1) / scale)
            level_scores = face.numpy()[rows, columns]
            level_offsets = out[2:6].numpy()[:, rows, columns].T
            keep = suppress(level_boxes, level_scores, 0.5)
            boxes.append(level_boxes[keep])
            scores.append(level_scores[keep])
            offsets.append(level_offsets[keep])
        scale *= SCALE_FACTOR
    if not boxes:
        return Found(np.zeros((0, 4)), np.zeros(0))
    all_boxes, all_scores, all_offsets = map(np.concatenate, (boxes, scores, offsets))
    keep = suppress(all_boxes, all_scores, 0.7)
    chosen = all_boxes[keep]
    sides = chosen[:, 2:] - chosen[:, :2]
    return Found(chosen + all_offsets[keep] * np.tile(sides, 2), all_scores[keep])


def refine(network: torch.nn.Module, planes: torch.Tensor, boxes: np.ndarray, size: int, threshold: float) -> Found:
    """R- or O-Net over candidates; `squares` are the regions that the survivors were seen in."""
    squares = to_squares(boxes)
    cut, inside = crops(planes, squares, size)
    squares = squares[inside]
    if not len(squares):
        return Found(np.zeros((0, 4)), np.zeros(0), np.zeros((0, 5, 2)))
    out = run(network, cut)
    scores = torch.softmax(out[:, :2], dim=1)[:, 1].numpy()
    keep = scores > threshold
    squares, scores, out = squares[keep], scores[keep], out[torch.from_numpy(keep)].numpy()
    sides = squares[:, 2:] - squares[:, :2] + 1
    landmarks = None
    if out.shape[1] == 16:
        points = out[:, 6:].reshape(-1, 2, 5).transpose(0, 2, 1)
        landmarks = squares[:, None, :2] - 1 + points * sides[:, None]
    return Found(squares + out[:, 2:6] * np.tile(sides, 2), scores, landmarks, squares)


def run(network: torch.nn.Module, cut: torch.Tensor, batch: int = 256) -> torch.Tensor:
    """A network over n x 3 x size x size crops with values 0 to 255. Channels last: thrice as fast."""
    last = torch.channels_last
    return torch.cat([network(normalised(part).contiguous(memory_format=last)) for part in cut.split(batch)])


def survivors(found: Found) -> Found:
    """R-Net's boxes after suppression, which looks at the squares that it was shown."""
    keep = suppress(found.squares, found.scores, 0.7)
    return Found(found.boxes[keep], found.scores[keep])


def detect(nets: dict[str, torch.nn.Module], image: np.ndarray, min_face: float, thresholds: tuple[float, float, float]) -> Found:
    """All faces of an h x w x 3 RGB photo."""
    planes = as_planes(image)
    with torch.inference_mode():
        proposed = propose(nets["pnet"], planes, min_face, thresholds[0])
        refined = survivors(refine(nets["rnet"], planes, proposed.boxes, 24, thresholds[1]))
        found = refine(nets["onet"], planes, refined.boxes, 48, thresholds[2])
    keep = suppress(found.boxes, found.scores, 0.7, of_smaller=True)
    return Found(found.boxes[keep], found.scores[keep], found.landmarks[keep])


def to_squares(boxes: np.ndarray) -> np.ndarray:
    """The smallest square around each box' centre that holds it."""
    if not len(boxes):
        return np.zeros((0, 4))
    sides = (boxes[:, 2:] - boxes[:, :2]).max(axis=1, keepdims=True)
    corner = (boxes[:, :2] + boxes[:, 2:]) / 2 - sides / 2
    return np.concatenate([corner, corner + sides], axis=1)


def crops(planes: torch.Tensor, squares: np.ndarray, size: int) -> tuple[torch.Tensor, np.ndarray]:
    """What the networks see of each square (beyond the border is cut off, the rest stretched), and which squares touch the photo."""
    _, height, width = planes.shape
    regions = np.trunc(squares).astype(int)
    left, top = np.maximum(regions[:, 0] - 1, 0), np.maximum(regions[:, 1] - 1, 0)
    right, bottom = np.minimum(regions[:, 2], width), np.minimum(regions[:, 3], height)
    inside = np.flatnonzero((right > left) & (bottom > top))
    cut = torch.empty((len(inside), 3, size, size))
    for row, i in enumerate(inside):
        cut[row] = average(planes[:, top[i] : bottom[i], left[i] : right[i]], size, size)
    return cut, inside


def overlaps(box: np.ndarray, others: np.ndarray, of_smaller: bool = False) -> np.ndarray:
    """Intersection over union (or over the smaller one) of one box with many; edges as coordinates, not as pixels."""
    sides = np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2])
    common = np.prod(np.maximum(sides, 0), axis=1)
    own, areas = np.prod(box[2:] - box[:2]), np.prod(others[:, 2:] - others[:, :2], axis=1)
    return common / np.maximum(np.minimum(own, areas) if of_smaller else own + areas - common, 1e-9)


def suppress(boxes: np.ndarray, scores: np.ndarray, limit: float, of_smaller: bool = False) -> np.ndarray:
    """Greedy non-maximum suppression: rows that stay, best first."""
    order = np.argsort(-scores, kind="stable")
    keep = []
    while len(order):
        best, order = order[0], order[1:]
        keep.append(best)
        order = order[overlaps(boxes[best], boxes[order], of_smaller) <= limit]
    return np.array(keep, dtype=int)
