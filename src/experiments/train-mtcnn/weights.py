"""MTCNN's weights as tensorflow.js keeps them: a JSON manifest and one file of numbers.

The published networks saw images with x and y exchanged (MATLAB stores columns first). We keep their layout, so that one
reader serves theirs and ours: kernels are (x, y, in, out), and the dense layer after a feature map counts (x, y, channel).
"""

import hashlib
import json
import os
from pathlib import Path

import numpy as np
import torch

from networks import SLOPE, folded

# Layers of each network in the order of `folded`, with the number of the PReLU behind each. The last one is split into the heads.
CONVOLUTIONS = {"pnet": 3, "rnet": 3, "onet": 4}
HEADS = {
    "pnet": [("conv4_1", slice(0, 2)), ("conv4_2", slice(2, 6))],
    "rnet": [("fc2_1", slice(0, 2)), ("fc2_2", slice(2, 6))],
    "onet": [("fc2_1", slice(0, 2)), ("fc2_2", slice(2, 6)), ("fc2_3", slice(6, 16))],
}


def read_weights(manifest: Path) -> dict[str, np.ndarray]:
    """Tensors by name, as float32."""
    group = json.loads(manifest.read_text())[0]
    data = b"".join((manifest.parent / name).read_bytes() for name in group["paths"])
    tensors, offset = {}, 0
    for entry in group["weights"]:
        if entry["dtype"] != "float32" or entry.get("quantization", {}).get("dtype", "float16") != "float16":
            raise SystemExit(f"cannot read {manifest}: {entry['name']} is neither float32 nor float16")
        stored = np.dtype("<f2" if "quantization" in entry else "<f4")
        count = int(np.prod(entry["shape"]))
        tensors[entry["name"]] = (
            np.frombuffer(data, stored, count, offset).reshape(entry["shape"]).astype(np.float32)
        )
        offset += count * stored.itemsize
    return tensors


def digest(manifest: Path) -> str:
    """sha256 of the weights' bytes."""
    group = json.loads(manifest.read_text())[0]
    return hashlib.sha256(b"".join((manifest.parent / name).read_bytes() for name in group["paths"])).hexdigest()


def tensors_of(name: str, network: torch.nn.Sequential) -> dict[str, np.ndarray]:
    """A trained network's tensors, by the names and in the shapes that facelab reads."""
    layers = folded(network)
    tensors: dict[str, np.ndarray] = {}
    for index, (weight, bias) in enumerate(layers[:-1], start=1):
        values = weight.numpy()
        if values.ndim == 4:
            layer = f"{name}/conv{index}"
            tensors[f"{layer}/weights"] = values.transpose(3, 2, 1, 0)
        else:
            layer = f"{name}/fc1"
            channels = layers[index - 2][0].shape[0]
            side = int(round((values.shape[1] / channels) ** 0.5))
            mapped = values.reshape(-1, channels, side, side)
            tensors[f"{layer}/weights"] = mapped.transpose(3, 2, 1, 0).reshape(values.shape[1], -1)
        tensors[f"{layer}/bias"] = bias.numpy()
        tensors[f"{name}/prelu{index}_alpha"] = np.full(len(bias), SLOPE)
    weight, bias = layers[-1]
    for head, rows in HEADS[name]:
        values, bias_values = weight[rows].numpy(), bias[rows].numpy()
        if head == "conv4_2":
            values, bias_values = _in_cells(values, bias_values)
        tensors[f"{name}/{head}/weights"] = (
            values.transpose(3, 2, 1, 0) if values.ndim == 4 else values.T
        )
        tensors[f"{name}/{head}/bias"] = bias_values
    return {key: np.ascontiguousarray(value, dtype=np.float32) for key, value in tensors.items()}


def _in_cells(weight: np.ndarray, bias: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """P-Net's corrections in the published unit. A cell is called 11 pixels of its level wide there, from 2 x + 1 to 2 x + 12, both divided
    by the level's scale s; we learn corrections of its true edges, 2 x and 2 x + 12. The left and top edges differ by 1 - s pixels of the
    level, which the network cannot know; .7 is right for the level at .3."""
    shift = np.array([0.7, 0.7, 0.0, 0.0])
    return weight * (12 / 11), (bias * 12 - shift) / 11


def functions_of(tensors: dict[str, np.ndarray]) -> dict[str, "torch.nn.Module"]:
    """The three networks in the paper's order, from shipped or published tensors."""
    return {name: Published(name, tensors) for name in CONVOLUTIONS}


class Published(torch.nn.Module):
    """One network as it is shipped: convolution, PReLU, pooling. Same input and output as in networks.py (columns it lacks: none)."""

    POOLS = {"pnet": (2, 0, 0), "rnet": (3, 3, 0), "onet": (3, 3, 2, 0)}

    def __init__(self, name: str, tensors: dict[str, np.ndarray]) -> None:
        super().__init__()
        self.name = name
        count = CONVOLUTIONS[name]

        def take(key: str) -> torch.Tensor:
            return torch.from_numpy(np.array(tensors[f"{name}/{key}"]))

        self.convolutions = [
            (take(f"conv{i}/weights").permute(3, 2, 1, 0).contiguous(), take(f"conv{i}/bias"), take(f"prelu{i}_alpha"))
            for i in range(1, count + 1)
        ]
        self.dense = None
        if name != "pnet":
            channels = self.convolutions[-1][0].shape[0]
            flat = take("fc1/weights")
            side = int(round((flat.shape[0] / channels) ** 0.5))
            weight = flat.reshape(side, side, channels, -1).permute(3, 2, 1, 0).reshape(flat.shape[1], -1).contiguous()
            self.dense = (weight, take("fc1/bias"), take(f"prelu{count + 1}_alpha"))
        self.heads = []
        for head, _ in HEADS[name]:
            weight = take(f"{head}/weights")
            self.heads.append(
                (weight.permute(3, 2, 1, 0).contiguous() if weight.dim() == 4 else weight.T.contiguous(), take(f"{head}/bias"))
            )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        functional = torch.nn.functional
        for (weight, bias, slope), pool in zip(self.convolutions, self.POOLS[self.name]):
            x = functional.conv2d(x, weight, bias)
            if pool and bool((slope >= 0).all()):
                # Where no slope is negative, pooling first gives the same, and leaves less to bend.
                x = _bent(functional.max_pool2d(x, pool, 2, ceil_mode=True), slope)
            else:
                x = _bent(x, slope)
                x = functional.max_pool2d(x, pool, 2, ceil_mode=True) if pool else x
        if self.dense is None:
            return torch.cat([functional.conv2d(x, *head) for head in self.heads], dim=1)
        weight, bias, slope = self.dense
        x = _bent(functional.linear(x.flatten(1), weight, bias), slope)
        return torch.cat([functional.linear(x, *head) for head in self.heads], dim=1)


def _bent(x: torch.Tensor, slope: torch.Tensor) -> torch.Tensor:
    """PReLU; torch is faster at it with one slope for all channels."""
    first = float(slope[0])
    if bool((slope == first).all()):
        return torch.nn.functional.leaky_relu(x, first)
    return torch.nn.functional.prelu(x, slope)


def write_weights(folder: Path, stem: str, tensors: dict[str, np.ndarray], notes: dict[str, object], half: bool) -> Path:
    """Writes `stem-weights_manifest.json` and `stem.bin`, each aside and renamed. `half`: as float16, which reads back as float32."""
    parts, entries = [], []
    for name, values in tensors.items():
        entry: dict[str, object] = {"name": name, "shape": list(values.shape), "dtype": "float32"}
        if half:
            entry["quantization"] = {"dtype": "float16", "original_dtype": "float32"}
        entries.append(entry)
        parts.append(values.astype("<f2" if half else "<f4").tobytes())
    data = b"".join(parts)
    group = {
        "paths": [f"{stem}.bin"],
        "sha256": hashlib.sha256(data).hexdigest(),
        **notes,
        "weights": entries,
    }
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / f"{stem}-weights_manifest.json"
    write_aside(folder / f"{stem}.bin", data)
    write_aside(manifest, (json.dumps([group], indent=1) + "\n").encode())
    return manifest


def write_aside(path: Path, data: bytes) -> None:
    """All of it or nothing: a run that is killed leaves no half of a file behind."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(data)
    os.replace(aside, path)
