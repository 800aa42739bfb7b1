"""Long work in pieces: each piece is a file, written aside and renamed, so that a run that was killed does only what is missing."""

import hashlib
import io
import json
import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from weights import write_aside

Arrays = dict[str, np.ndarray]


def key_of(*parts: object) -> str:
    """A short name for everything that a stage depends on, so that another seed or another recipe gets folders of its own."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:12]


def _one(job: tuple[Callable[..., Arrays], tuple, Path]) -> str:
    function, arguments, path = job
    buffer = io.BytesIO()
    np.savez(buffer, **function(*arguments))
    write_aside(path, buffer.getvalue())
    return path.name


def make_chunks(folder: Path, function: Callable[..., Arrays], arguments: list[tuple], workers: int, start: Callable[..., None], initial: tuple) -> list[Path]:
    """Calls `function` once for each tuple of arguments, in `workers` processes that each called `start(*initial)`, and keeps what it
    returns in `folder/00000.npz` and so on. Files that are there already are not made again."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{i:05d}.npz" for i in range(len(arguments))]
    jobs = [(function, argument, path) for argument, path in zip(arguments, paths) if not path.exists()]
    began = time.time()
    if jobs:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, context, start, initial) as pool:
            for done, _ in enumerate(pool.map(_one, jobs), start=1):
                if done % max(1, len(jobs) // 10) == 0 or done == len(jobs):
                    print(f"  {folder.name}: {done} of {len(jobs)} pieces, {time.time() - began:.0f} s", flush=True)
    return paths


def read_chunks(paths: list[Path]) -> Iterator[Arrays]:
    for path in paths:
        with np.load(path) as arrays:
            yield {name: arrays[name] for name in arrays.files}


def together(paths: list[Path]) -> Arrays:
    """All pieces' arrays, one behind the other."""
    pieces = list(read_chunks(paths))
    return {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}
