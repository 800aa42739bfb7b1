"""What each network is shown: small squares, cut from scenes and from the photos themselves.

Around each face: squares that lie well on it (IoU >= .65, "face"), and squares that lie half on it (.4 to .65, "part": these teach
corrections of the box, but neither face nor background). Far from faces (IoU < .3): squares at random for P-Net, and for R- and O-Net
those that the networks before them let pass. Around what the teacher doubted: "doubtful", neither face nor background.

Of every square the teacher's network of the same size is asked, too, how likely it is a face. LFW's faces look at the camera, and the
teacher has seen others: what it half takes for a face, in the background or under a scarf, says more than yes or no (Hinton, Vinyals &
Dean 2015, "Distilling the knowledge in a neural network").
"""

from pathlib import Path

import numpy as np
import torch

import cascade
import chunks
import scenes
from networks import SIZES
from scenes import DOUBTFUL, FACE, Scene
from weights import Published

IS_FACE, IS_PART, IS_BACKGROUND, IS_DOUBTFUL = 1, -1, 0, -2
THRESHOLDS = {"pnet": 0.4, "rnet": 0.3}
"""Scores from which a network's answer is passed on while mining: lower than in use, so that the next one learns to be the judge."""

_nets: dict[str, torch.nn.Module] = {}
_scenes: list[Path] = []


def start(reference: Path, folder: Path, label_paths: list[Path], scene_paths: list[Path], trained: dict[str, Path]) -> None:
    """Prepares a process. `trained`: files with our networks' tensors so far."""
    scenes.start(reference, folder, label_paths)
    _scenes.extend(scene_paths)
    for name, path in trained.items():
        _nets[name] = Published(name, torch.load(path, weights_only=False))


class _Collected:
    """Squares for one network and what is true of them."""

    def __init__(self, stage: str, random: np.random.Generator) -> None:
        self.stage, self.size, self.random = stage, SIZES[stage], random
        size = self.size
        self.crops = [np.zeros((0, 3, size, size), np.uint8)]
        self.kinds = [np.zeros(0, np.int8)]
        self.boxes = [np.zeros((0, 4), np.float32)]
        self.points = [np.zeros((0, 10), np.float32)]

    def add(self, planes: torch.Tensor, squares: np.ndarray, kind: int, box: np.ndarray | None = None, landmarks: np.ndarray | None = None) -> None:
        """Cuts squares (1-based, inclusive, as the cascade counts); box and landmarks in pixels of the picture."""
        if not len(squares):
            return
        # To whole pixels first, as they are cut: the targets then belong to exactly these pixels.
        squares = np.trunc(squares)
        cut, inside = cascade.crops(planes, squares, self.size)
        squares = squares[inside]
        corner, sides = squares[:, :2] - 1, squares[:, 2:] - squares[:, :2] + 1
        self.crops.append(cut.round().to(torch.uint8).numpy())
        self.kinds.append(np.full(len(squares), kind, np.int8))
        if box is None or landmarks is None:
            self.boxes.append(np.zeros((len(squares), 4), np.float32))
            self.points.append(np.zeros((len(squares), 10), np.float32))
            return
        edges = np.concatenate([(box[:2] - corner) / sides, (box[2:] - squares[:, 2:]) / sides], axis=1)
        places = (landmarks[None] - corner[:, None]) / sides[:, None]
        self.boxes.append(edges.astype(np.float32))
        self.points.append(places.transpose(0, 2, 1).reshape(-1, 10).astype(np.float32))

    def arrays(self) -> dict[str, np.ndarray]:
        crops = np.concatenate(self.crops)
        return {
            "crop": crops,
            "teacher": self._asked(crops),
            "kind": np.concatenate(self.kinds),
            "box": np.concatenate(self.boxes),
            "landmarks": np.concatenate(self.points),
        }

    def _asked(self, crops: np.ndarray) -> np.ndarray:
        """The teacher's probability of a face, for each square."""
        if not len(crops):
            return np.zeros(0, np.float32)
        with torch.inference_mode():
            out = [cascade.run(scenes.teacher(self.stage), part.float()).flatten(1) for part in torch.from_numpy(crops).split(1024)]
        return torch.cat(out)[:, :2].softmax(dim=1)[:, 1].numpy()


def make_examples(stage: str, source: str, first: int, last: int, seed: int) -> dict[str, np.ndarray]:
    """Examples for a network from pieces of scenes (`source` "scenes": first to last - 1 are pieces) or from photos ("photos")."""
    random = np.random.default_rng([seed, 3, list(SIZES).index(stage), source == "photos", first])
    collected = _Collected(stage, random)
    for scene in _pictures(source, first, last):
        planes = cascade.as_planes(scene.image)
        _around_faces(collected, scene, planes)
        _passed_on(collected, scene, planes)
    return collected.arrays()


def _pictures(source: str, first: int, last: int) -> list[Scene]:
    if source == "photos":
        return [scenes.photo(i) for i in range(first, last)]
    return [scene for arrays in chunks.read_chunks(_scenes[first:last]) for scene in scenes.read_scenes(arrays)]


def _around_faces(collected: _Collected, scene: Scene, planes: torch.Tensor) -> None:
    random, stage = collected.random, collected.stage
    for box in scene.boxes[scene.kinds == DOUBTFUL]:
        near = _jittered(box, 6, random, 0.3, 0.2)
        near = near[(cascade.overlaps(box, _edges(near)) >= 0.4) & _sized(near)]
        collected.add(planes, near[:2], IS_DOUBTFUL)
    for row in np.flatnonzero(scene.kinds == FACE):
        box, landmarks = scene.boxes[row], scene.landmarks[row]
        broad = _jittered(box, 40, random, 0.3, 0.2)
        # The networks before O-Net leave it squares that are nearly right.
        tight = _jittered(box, 6, random, 0.12, 0.06)
        others = np.delete(scene.boxes, row, axis=0)
        overlap = cascade.overlaps(box, _edges(broad))
        faces, parts = broad[overlap >= 0.65], broad[(overlap >= 0.4) & (overlap < 0.65)]
        wanted = {"pnet": (6, 0, 3), "rnet": (2, 2, 1), "onet": (1, 2, 1)}[stage]
        collected.add(planes, faces[: wanted[0]], IS_FACE, box, landmarks)
        collected.add(planes, tight[: wanted[1]], IS_FACE, box, landmarks)
        collected.add(planes, parts[: wanted[2]], IS_PART, box, landmarks)
        near = _jittered(box, 12, random, 0.6, 0.6)
        near = near[(cascade.overlaps(box, _edges(near)) < 0.3) & _clear(near, others) & _sized(near)]
        collected.add(planes, near[: 2 if stage == "pnet" else 1], IS_BACKGROUND)


def _passed_on(collected: _Collected, scene: Scene, planes: torch.Tensor) -> None:
    """What the networks before let pass."""
    stage = collected.stage
    with torch.inference_mode():
        if stage == "pnet":
            squares = _at_random(scene, 60, collected.random)
        else:
            found = cascade.propose(_nets["pnet"], planes, 20, THRESHOLDS["pnet"])
            if stage == "onet":
                found = cascade.survivors(cascade.refine(_nets["rnet"], planes, found.boxes, 24, THRESHOLDS["rnet"]))
            squares = cascade.to_squares(found.boxes)
    squares = squares[_sized(squares)]
    background = _clear(squares, scene.boxes)
    limit = {"pnet": 60, "rnet": 40, "onet": 60}[stage]
    collected.add(planes, squares[background][:limit], IS_BACKGROUND)
    for row in np.flatnonzero(scene.kinds == FACE):
        box, landmarks = scene.boxes[row], scene.landmarks[row]
        overlap = cascade.overlaps(box, _edges(squares))
        collected.add(planes, squares[overlap >= 0.65][:2], IS_FACE, box, landmarks)
        collected.add(planes, squares[(overlap >= 0.4) & (overlap < 0.65)][:1], IS_PART, box, landmarks)


def _jittered(box: np.ndarray, count: int, random: np.random.Generator, scale: float, shift: float) -> np.ndarray:
    """Squares around a face's, scaled by e^(+-scale) and shifted by +-shift of its side (both uniform)."""
    side = float((box[2:] - box[:2]).max())
    sides = side * np.exp(random.uniform(-scale, scale, count))
    centres = (box[:2] + box[2:]) / 2 + random.uniform(-shift, shift, (count, 2)) * side
    corner = centres - sides[:, None] / 2
    return np.concatenate([corner + 1, corner + sides[:, None]], axis=1)


def _at_random(scene: Scene, count: int, random: np.random.Generator) -> np.ndarray:
    height, width = scene.image.shape[:2]
    sides = np.exp(random.uniform(np.log(16), np.log(min(height, width)), count))
    corner = random.random((count, 2)) * (np.array([width, height]) - sides[:, None])
    return np.concatenate([corner + 1, corner + sides[:, None]], axis=1)


def _edges(squares: np.ndarray) -> np.ndarray:
    """From counting pixels from 1, last one included, to edges."""
    return squares - [1, 1, 0, 0]


def _sized(squares: np.ndarray) -> np.ndarray:
    return (squares[:, 2] - squares[:, 0]) >= 11


def _clear(squares: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Whether squares are background: hardly on any box, known or doubtful, nor mostly inside of one or around one."""
    clear = np.ones(len(squares), bool)
    edges = _edges(squares)
    for box in boxes:
        clear &= cascade.overlaps(box, edges) < 0.3
    return clear
