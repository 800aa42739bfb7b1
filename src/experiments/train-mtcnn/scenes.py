"""Scenes to learn from: 512 x 512 mosaics of one to seven tiles, each a photo that is turned, zoomed, relit and degraded, a background
without its faces, or a texture. Where each face went is known, since the maps that move pixels move labels, too.

The teacher looks once more at every moved face, before light and noise are changed: a turned head's box is not what a box around
the turned outline would be.
"""

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import torch

import appearance
import cascade
import labels
import photos
import weights
from warps import Warp, bounds, outline

SIDE = 512
SMALLEST = 14
"""Faces with a smaller square than this many pixels are ignored, not learnt."""
FACE, DOUBTFUL = 1, 0
LEARNT = 0.8
"""Probability from which a labelled face is learnt. Between this and the teacher's .95 are mostly faces behind the one that the photo is
about: turned away, out of focus, half hidden. They are the ones that LFW has too few of."""
RARE = 4.0
"""How much more often such a face, or any that is not in its photo's middle, is chosen for a scene."""


@dataclass
class Scene:
    image: np.ndarray
    boxes: np.ndarray = field(default_factory=lambda: np.zeros((0, 4), np.float32))
    landmarks: np.ndarray = field(default_factory=lambda: np.zeros((0, 5, 2), np.float32))
    kinds: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int8))


@dataclass
class Labelled:
    """Photos with their labels, by row of the list of photos."""

    paths: list[Path]
    boxes: list[np.ndarray]
    landmarks: list[np.ndarray]
    probability: list[np.ndarray]
    chances: np.ndarray
    """Of each photo, to be chosen for a scene."""

    def weights(self, index: int) -> np.ndarray:
        return _weights(self.boxes[index], self.probability[index])

    def scene(self, index: int) -> Scene:
        """A photo as it is."""
        kinds = np.where(self.probability[index] >= LEARNT, FACE, DOUBTFUL).astype(np.int8)
        return Scene(photos.read_photo(self.paths[index]), self.boxes[index], self.landmarks[index], kinds)


_teacher: dict[str, torch.nn.Module] = {}
_photos: list[Labelled] = []


def labelled(folder: Path, label_paths: list[Path]) -> Labelled:
    import chunks

    faces = chunks.together(label_paths)
    paths = photos.list_photos(folder)
    rows = [np.flatnonzero(faces["photo"] == i) for i in range(len(paths))]
    boxes, landmarks, probability = [[faces[name][r] for r in rows] for name in ("box", "landmarks", "probability")]
    chances = np.array([_weights(*face).sum() for face in zip(boxes, probability)])
    return Labelled(paths, boxes, landmarks, probability, chances / chances.sum())


def _weights(boxes: np.ndarray, probability: np.ndarray) -> np.ndarray:
    """How often each face of a photo is chosen, where 1 is a sure one in the middle of LFW's 250 pixels."""
    off_centre = np.abs((boxes[:, :2] + boxes[:, 2:]) / 2 - 125).max(axis=1) > 40
    rare = off_centre | (probability < labels.SURE)
    return np.where(probability < LEARNT, 0.0, np.where(rare, RARE, 1.0))


def teacher(stage: str) -> torch.nn.Module:
    """One of the published networks."""
    return _teacher[stage]


def photo(index: int) -> Scene:
    """A labelled photo as it is."""
    return _photos[0].scene(index)


def start(reference: Path, folder: Path, label_paths: list[Path]) -> None:
    """Prepares a process."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    _teacher.update(weights.functions_of(weights.read_weights(reference)))
    _photos.append(labelled(folder, label_paths))


def make_scenes(first: int, last: int, seed: int) -> dict[str, np.ndarray]:
    """Scenes first to last - 1: JPEG files one behind the other (`jpeg`, `ends`), and their faces (`scene`, `box`, `landmarks`, `kind`)."""
    files, rows = [], []
    for index in range(first, last):
        random = np.random.default_rng([seed, 2, index])
        scene = make_scene(_photos[0], random)
        quality = int(random.uniform(35, 96))
        _, encoded = cv2.imencode(".jpg", np.ascontiguousarray(scene.image[:, :, ::-1]), [cv2.IMWRITE_JPEG_QUALITY, quality])
        files.append(encoded.ravel())
        rows.append(scene)
    counts = [len(scene.kinds) for scene in rows]
    return {
        "jpeg": np.concatenate(files),
        "ends": np.cumsum([len(file) for file in files]),
        "scene": np.repeat(np.arange(last - first), counts),
        "box": np.concatenate([scene.boxes for scene in rows]).astype(np.float32),
        "landmarks": np.concatenate([scene.landmarks for scene in rows]).astype(np.float32),
        "kind": np.concatenate([scene.kinds for scene in rows]),
    }


def read_scenes(arrays: dict[str, np.ndarray]) -> list[Scene]:
    ends = arrays["ends"]
    scenes = []
    for i, end in enumerate(ends):
        data = arrays["jpeg"][ends[i - 1] if i else 0 : end]
        image = np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[:, :, ::-1])
        of = arrays["scene"] == i
        scenes.append(Scene(image, arrays["box"][of], arrays["landmarks"][of], arrays["kind"][of]))
    return scenes


def make_scene(source: Labelled, random: np.random.Generator) -> Scene:
    clean = np.zeros((SIDE, SIDE, 3), np.uint8)
    seen = np.zeros((SIDE, SIDE, 3), np.uint8)
    boxes, points, kinds = [], [], []
    # Half of the scenes have few large faces, half have many small ones.
    count = int(random.integers(1, 8)) if random.random() < 0.5 else int(random.integers(8, 36))
    for left, top, width, height in tiles(count, random):
        pixels, tile_boxes, tile_points, tile_kinds, face_side = make_tile(source, left, top, width, height, random)
        part = (slice(top, top + height), slice(left, left + width))
        clean[part] = np.clip(pixels, 0, 255)
        pixels = appearance.relit(pixels, random) if random.random() < 0.85 else pixels.copy()
        pixels = np.ascontiguousarray(pixels, dtype=np.float32)
        for box, landmarks, kind in zip(tile_boxes, tile_points, tile_kinds):
            if kind == FACE and random.random() < 0.3:
                appearance.covered(pixels, box - [left, top, left, top], landmarks - [left, top], random)
        seen[part] = np.clip(appearance.degraded(pixels, face_side, random), 0, 255)
        boxes.extend(tile_boxes)
        points.extend(tile_points)
        kinds.extend(tile_kinds)
    corrected = [look_again(clean, box, random) if kind == FACE else box for box, kind in zip(boxes, kinds)]
    return Scene(
        seen,
        np.array(corrected, np.float32).reshape(-1, 4),
        np.array(points, np.float32).reshape(-1, 5, 2),
        np.array(kinds, np.int8),
    )


def tiles(count: int, random: np.random.Generator) -> list[tuple[int, int, int, int]]:
    """Cuts the scene into `count` rectangles (left, top, width, height), always the largest one across its longer side."""
    parts = [(0, 0, SIDE, SIDE)]
    while len(parts) < count:
        parts.sort(key=lambda part: part[2] * part[3])
        left, top, width, height = parts.pop()
        share = random.uniform(0.3, 0.7)
        if width >= height:
            cut = int(width * share)
            parts += [(left, top, cut, height), (left + cut, top, width - cut, height)]
        else:
            cut = int(height * share)
            parts += [(left, top, width, cut), (left, top + cut, width, height - cut)]
    return parts


def make_tile(source: Labelled, left: int, top: int, width: int, height: int, random: np.random.Generator) -> tuple:
    """Pixels (float32), and the faces in them: boxes and landmarks in the scene's pixels, kinds; and the side of the face it is about."""
    what = random.random()
    if what < 0.07:
        return appearance.texture(height, width, random), [], [], [], min(width, height) / 3
    is_background = what < 0.25
    index = int(random.integers(len(source.paths)) if is_background else random.choice(len(source.paths), p=source.chances))
    image = photos.read_photo(source.paths[index])
    boxes, points, sure = source.boxes[index], source.landmarks[index], source.probability[index] >= LEARNT
    if is_background:
        return background(erased(image, boxes, random), width, height, random), [], [], [], min(width, height) / 3
    chances = source.weights(index)
    chosen = int(random.choice(len(chances), p=chances / chances.sum()))
    warp = draw_warp(boxes[chosen], left, top, width, height, random)
    other = int(random.integers(len(source.paths)))
    around = background(erased(photos.read_photo(source.paths[other]), source.boxes[other], random), width, height, random)
    pixels = warped(image, warp, left, top, around)
    out_boxes, out_points, out_kinds = [], [], []
    for box, landmarks, is_sure in zip(boxes, points, sure):
        moved = bounds(warp.forward(outline(box)))
        moved_points = warp.forward(landmarks)
        inside = np.concatenate([np.maximum(moved[:2], [left, top]), np.minimum(moved[2:], [left + width, top + height])])
        shown = np.prod(np.maximum(inside[2:] - inside[:2], 0)) / max(float(np.prod(moved[2:] - moved[:2])), 1e-6)
        if shown < 0.05:
            continue
        is_face = is_sure and shown >= 0.65 and float((moved[2:] - moved[:2]).max()) >= SMALLEST
        out_boxes.append(moved)
        out_points.append(moved_points[labels.MIRRORED] if warp.mirror else moved_points)
        out_kinds.append(FACE if is_face else DOUBTFUL)
    return pixels, out_boxes, out_points, out_kinds, warp.side


def draw_warp(box: np.ndarray, left: int, top: int, width: int, height: int, random: np.random.Generator) -> Warp:
    side = max(16.0, float(min(width, height) * np.exp(random.uniform(np.log(0.25), np.log(1.05)))))
    # One in six may be cut off by the tile's border.
    margin = 0.5 * side * (0.5 if random.random() < 0.17 else 1.0)
    low, room = np.array([left, top]) + margin, np.maximum(np.array([width, height]) - 2 * margin, 0)
    centre = low + random.random(2) * room if (room > 0).all() else np.array([left + width / 2, top + height / 2])
    return Warp(
        source_centre=(box[:2] + box[2:]) / 2,
        source_side=float((box[2:] - box[:2]).max()),
        centre=centre,
        side=side,
        roll=float(np.deg2rad(np.clip(random.normal(0, 16), -55, 55))),
        yaw=float(np.deg2rad(np.clip(random.normal(0, 24), -55, 55))) if random.random() < 0.55 else 0.0,
        pitch=float(np.deg2rad(np.clip(random.normal(0, 13), -32, 32))) if random.random() < 0.35 else 0.0,
        aspect=float(np.exp(random.normal(0, 0.05))),
        shear=float(random.normal(0, 0.05)),
        mirror=bool(random.random() < 0.5),
    )


def warped(image: np.ndarray, warp: Warp, left: int, top: int, around: np.ndarray) -> np.ndarray:
    """The photo as the warp moves it, in front of `around` (height x width x 3), a part of the scene. The photo must not be continued by
    its mirror image: that would show faces that have no label."""
    height, width = around.shape[:2]
    map_x, map_y = warp.backward(left, top, width, height)
    rows, columns = image.shape[:2]
    on_photo = (map_x > 0) & (map_x < columns - 1) & (map_y > 0) & (map_y < rows - 1)
    shrink = warp.side / warp.source_side
    if shrink < 0.7:
        # Fewer pixels than the photo has: averaged first, or every second pixel would be skipped.
        size = (max(1, round(columns * shrink)), max(1, round(rows * shrink)))
        map_x, map_y = (map_x + 0.5) * (size[0] / columns) - 0.5, (map_y + 0.5) * (size[1] / rows) - 0.5
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    moved = cv2.remap(image, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.where(on_photo[:, :, None], moved, around).astype(np.float32)


def erased(image: np.ndarray, boxes: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The photo with each face replaced by another part of it, with a soft border."""
    out = image.astype(np.float32)
    height, width = image.shape[:2]
    for box in boxes:
        mask = np.zeros((height, width), np.float32)
        centre, half = (box[:2] + box[2:]) / 2, (box[2:] - box[:2]) / 2 * random.uniform(1.0, 1.25)
        cv2.ellipse(mask, tuple(np.round(centre).astype(int).tolist()), tuple(np.maximum(1, np.round(half)).astype(int).tolist()), 0, 0, 360, 1.0, -1)
        mask = cv2.GaussianBlur(mask, (0, 0), max(1.0, float(half.max()) * 0.08))[:, :, None]
        side = int(random.integers(40, 80))
        x, y = int(random.choice([0, width - side])), int(random.choice([0, height - side]))
        patch = cv2.resize(image[y : y + side, x : x + side], (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32)
        out = out * (1 - mask) + patch * mask
    return out


def background(image: np.ndarray, width: int, height: int, random: np.random.Generator) -> np.ndarray:
    """A part of a photo without faces, at any angle and zoom; sometimes a negative, sometimes with its blocks shuffled."""
    if random.random() < 0.2:
        image = 255 - image
    if random.random() < 0.25:
        blocks = int(random.integers(2, 7))
        step = image.shape[0] // blocks
        grid = [image[r * step : (r + 1) * step, c * step : (c + 1) * step] for r in range(blocks) for c in range(blocks)]
        order = random.permutation(len(grid))
        image = np.concatenate([np.concatenate([grid[order[r * blocks + c]] for c in range(blocks)], axis=1) for r in range(blocks)], axis=0)
    rows, columns = image.shape[:2]
    zoom = float(np.exp(random.uniform(np.log(0.3), np.log(3.0))))
    if zoom < 0.7:
        image = cv2.resize(image, (max(8, int(columns * zoom)), max(8, int(rows * zoom))), interpolation=cv2.INTER_AREA)
        rows, columns = image.shape[:2]
        zoom = 1.0
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), random.uniform(0, 360) if random.random() < 0.6 else 0, zoom)
    turn[:, 2] += [width / 2 - columns / 2, height / 2 - rows / 2]
    return cv2.warpAffine(image.astype(np.float32), turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


def look_again(clean: np.ndarray, box: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The teacher's box of a moved face, averaged over four looks; the moved box where the teacher does not see a face there."""
    centre, side = (box[:2] + box[2:]) / 2, float((box[2:] - box[:2]).max())
    looks, backs = [], []
    for _ in range(4):
        look, back = labels.look_at(clean, centre + random.normal(0, 0.03, 2) * side, side * np.exp(random.normal(0.03, 0.05)), 0, False)
        looks.append(look)
        backs.append(back)
    with torch.inference_mode():
        out = cascade.run(_teacher["onet"], torch.stack(looks))
    if float(torch.softmax(out[:, :2], dim=1)[:, 1].mean()) < 0.8:
        return box
    corners = [labels.carried(back, np.array([[row[2], row[3]], [1 + row[4], 1 + row[5]]])).ravel() for row, back in zip(out.numpy(), backs)]
    return np.mean(corners, axis=0)
