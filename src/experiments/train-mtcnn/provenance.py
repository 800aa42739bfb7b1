"""Where weights come from, for their manifest."""

import argparse
import os
import subprocess
import tempfile
from pathlib import Path

import weights


def notes(options: argparse.Namespace, photos: int) -> dict[str, object]:
    return {
        "model": "MTCNN, trained by facelab",
        "licence": "MIT",
        "recipe": {"folder": "src/experiments/train-mtcnn", "tree": tree_hash(), "seed": options.seed},
        "data": f"Labeled Faces in the Wild, deep-funneled, {photos} photos",
        "labels": f"by the published MTCNN weights (MIT), sha256 {weights.digest(options.reference)}",
    }


def tree_hash() -> str:
    """Git's name of this folder's contents as they are now, committed or not: the tree object that `git write-tree` would make of it."""
    here = Path(__file__).parent

    def git(*arguments: str, index: str) -> str:
        environment = {**os.environ, "GIT_INDEX_FILE": index}
        return subprocess.run(["git", *arguments], cwd=here, env=environment, check=True, capture_output=True, text=True).stdout.strip()

    with tempfile.TemporaryDirectory() as folder:
        index = str(Path(folder) / "index")
        git("add", "--all", ".", index=index)
        prefix = git("rev-parse", "--show-prefix", index=index)
        return git("write-tree", f"--prefix={prefix}", index=index)
