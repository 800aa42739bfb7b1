"""From photos to weights, in one command. See README.md beside this file.

    python train_mtcnn.py --photos LFW --reference mtcnn_model-weights_manifest.json --output FOLDER
"""

import argparse
import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

import chunks
import examples
import labels
import learn
import photos
import provenance
import scenes
import weights
from learn import Plan
from networks import SIZES

HERE = Path(__file__).parent

SCENES, QUICK_SCENES, QUICK_PHOTOS = 5000, 20, 200
SCENES_A_PIECE, PHOTOS_A_PIECE = 50, 100
PLANS = {
    "pnet": Plan(epochs=8, exact_epochs=1, batch=1024),
    "rnet": Plan(epochs=9, exact_epochs=1, batch=512),
    "onet": Plan(epochs=12, exact_epochs=1, batch=256),
}


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains MTCNN's three networks from random initialisation.")
    parser.add_argument("--photos", type=Path, required=True, help="folder with one folder of JPEG files per person (LFW)")
    parser.add_argument("--reference", type=Path, required=True, help="manifest of the published weights, which label the photos")
    parser.add_argument("--output", type=Path, required=True, help="folder for the weights and the log")
    parser.add_argument("--cache", type=Path, default=default_cache(), help="folder for labels, scenes and checkpoints (default: %(default)s)")
    parser.add_argument("--quick", action="store_true", help="one epoch of very little, to see that everything runs; the weights are of no use")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes that make data (default: all cores)")
    return parser.parse_args()


def default_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "facelab" / "train"


class Run:
    """The stages. Each keeps what it makes in a folder that is named after everything it depends on: its options, its code, and the stages
    before it. So a run that was killed goes on, and a changed recipe never takes what an older one left."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options, self.began = options, time.time()
        self.files = photos.list_photos(options.photos)[: QUICK_PHOTOS if options.quick else None]
        self.common = (options.reference, options.photos)
        self.scenes = QUICK_SCENES if options.quick else SCENES
        self.trained: dict[str, Path] = {}
        self.label_paths: list[Path] = []
        self.scene_paths: list[Path] = []
        self.history = chunks.key_of(options.seed, len(self.files), weights.digest(options.reference))

    def say(self, text: str) -> None:
        print(f"{(time.time() - self.began) / 60:6.1f} min  {text}", flush=True)

    def follows(self, *parts: object) -> str:
        """The name of the next stage, which depends on all before it."""
        self.history = chunks.key_of(self.history, *parts)
        return self.history

    def make(self, name: str, function: Callable[..., chunks.Arrays], arguments: list[tuple], start: Callable[..., None], initial: tuple) -> list[Path]:
        return chunks.make_chunks(self.options.cache / name, function, arguments, self.options.workers, start, initial)

    def label(self) -> None:
        key = self.follows("labels", code("labels", "cascade", "photos"))
        arguments = [(*span, self.options.seed) for span in spans(len(self.files), PHOTOS_A_PIECE)]
        self.label_paths = self.make(f"labels-{key}", labels.label_photos, arguments, labels.start, self.common)
        faces = chunks.together(self.label_paths)
        learnt = int((faces["probability"] >= scenes.LEARNT).sum())
        self.say(f"labels: {learnt} faces, {len(faces['photo']) - learnt} doubtful")

    def draw_scenes(self) -> None:
        key = self.follows("scenes", code("scenes", "warps", "appearance"), self.scenes)
        arguments = [(*span, self.options.seed) for span in spans(self.scenes, SCENES_A_PIECE)]
        self.scene_paths = self.make(f"scenes-{key}", scenes.make_scenes, arguments, scenes.start, (*self.common, self.label_paths))
        self.say(f"scenes: {self.scenes}")

    def examples_for(self, stage: str) -> chunks.Arrays:
        key = self.follows("examples", code("examples", "cascade"), stage)
        arguments = [(stage, "scenes", i, i + 1, self.options.seed) for i in range(len(self.scene_paths))]
        arguments += [(stage, "photos", *span, self.options.seed) for span in spans(len(self.files), PHOTOS_A_PIECE)]
        initial = (*self.common, self.label_paths, self.scene_paths, self.trained)
        paths = self.make(f"{stage}-examples-{key}", examples.make_examples, arguments, examples.start, initial)
        return chunks.together(paths)

    def train(self, stage: str) -> None:
        arrays = self.examples_for(stage)
        plan = replace(PLANS[stage], epochs=1) if self.options.quick else PLANS[stage]
        key = self.follows("train", code("learn", "networks"), stage, vars(plan))
        self.trained[stage] = learn.train(stage, arrays, plan, self.options.seed, self.options.cache / f"{stage}-{key}")
        self.say(f"{stage}: trained")

    def ship(self) -> None:
        tensors: dict[str, np.ndarray] = {}
        for stage in SIZES:
            tensors |= learn.tensors(self.trained[stage])
        log = {name: json.loads((path.parent / "log.json").read_text()) for name, path in self.trained.items()}
        notes = provenance.notes(self.options, len(self.files))
        manifest = weights.write_weights(self.options.output, "mtcnn-facelab", tensors, notes, half=True)
        weights.write_aside(self.options.output / "training.json", (json.dumps(log, indent=1) + "\n").encode())
        self.say(f"wrote {manifest}")


def spans(count: int, step: int) -> list[tuple[int, int]]:
    return [(i, min(i + step, count)) for i in range(0, count, step)]


def code(*names: str) -> str:
    """What a stage's outcome depends on besides its options."""
    return chunks.key_of(*[(HERE / f"{name}.py").read_text() for name in names])


def main() -> None:
    run = Run(parse())
    run.say(f"{len(run.files)} photos")
    run.label()
    run.draw_scenes()
    for stage in SIZES:
        run.train(stage)
    run.ship()


if __name__ == "__main__":
    main()
