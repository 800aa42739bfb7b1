"""Training one network: cross entropy with what is known and what the teacher thinks of each square (only the hardest 70 % of each batch
count), absolute error on boxes and landmarks, AdamW with a cosine schedule. Channels last, which is what makes a CPU fast here (on two
cores with AVX-512: 1,900 squares of 48 x 48 a second in float32, against 500 with channels first). Where the processor has AVX-512 all
but the last epochs, which need the digits, are in bfloat16 (3,700 a second); one with AVX2 only emulates it (84, against 769 in float32)."""

import json
import math
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from examples import IS_BACKGROUND, IS_DOUBTFUL, IS_FACE, IS_PART
from networks import NETWORKS, keep_scales_positive
from weights import tensors_of, write_aside

HARDEST = 0.7
VALIDATION = 0.02
TEACHER = 0.5
"""Share of the teacher's opinion in what a square is taught to be, where the truth is known; elsewhere its opinion is all there is."""


@dataclass(frozen=True)
class Plan:
    """How a network is trained."""

    epochs: int
    exact_epochs: int
    """The last ones, in float32."""
    batch: int = 256
    rate: float = 2e-3
    box_weight: float = 2.0
    landmark_weight: float = 4.0
    decay: float = 1e-3


def train(stage: str, arrays: dict[str, np.ndarray], plan: Plan, seed: int, folder: Path) -> Path:
    """Trains a network and returns the file of its published form. Resumes after the last whole epoch."""
    folder.mkdir(parents=True, exist_ok=True)
    done, checkpoint, log = folder / "published.pt", folder / "checkpoint.pt", folder / "log.json"
    if done.exists():
        return done
    torch.manual_seed(seed)
    network = NETWORKS[stage]().to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(_groups(network, plan.decay), plan.rate, fused=True)
    history: list[dict[str, float]] = []
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        history = state["history"]
    examples = {name: torch.from_numpy(values) for name, values in arrays.items()}
    count = len(examples["kind"])
    order = torch.randperm(count, generator=torch.Generator().manual_seed(seed))
    held_out, kept = order[: int(count * VALIDATION)], order[int(count * VALIDATION) :]
    steps = len(kept) // plan.batch
    print(f"  {stage}: {_counts(arrays)}, {plan.epochs} epochs", flush=True)
    for epoch in range(len(history), plan.epochs):
        began = time.time()
        generator = torch.Generator().manual_seed(seed * 1000 + epoch)
        shuffled = kept[torch.randperm(len(kept), generator=generator)]
        short = epoch < plan.epochs - plan.exact_epochs and torch.backends.cpu.get_cpu_capability() == "AVX512"
        network.train()
        total = torch.zeros(3)
        for step in range(steps):
            for group in optimiser.param_groups:
                group["lr"] = plan.rate * _schedule((epoch * steps + step) / (plan.epochs * steps))
            rows = shuffled[step * plan.batch : (step + 1) * plan.batch]
            pixels, *truth = _batch(examples, rows, generator)
            with torch.autocast("cpu", torch.bfloat16, enabled=short):
                out = network(pixels).flatten(1)
            losses = _losses(out.float(), *truth)
            loss = losses[0] + plan.box_weight * losses[1] + plan.landmark_weight * losses[2]
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            keep_scales_positive(network)
            total += torch.stack([part.detach() for part in losses])
        history.append({"epoch": epoch + 1, "seconds": time.time() - began, **_named(total / steps), **_validated(network, examples, held_out)})
        print("  " + ", ".join(f"{key} {value:.4g}" for key, value in history[-1].items()), flush=True)
        torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "history": history}, folder / "aside.pt")
        (folder / "aside.pt").replace(checkpoint)
    write_aside(log, json.dumps({"plan": asdict(plan), "examples": _counts(arrays), "epochs": history}, indent=1).encode())
    torch.save(tensors_of(stage, network.eval()), folder / "aside.pt")
    (folder / "aside.pt").replace(done)
    return done


def tensors(trained: Path) -> dict[str, np.ndarray]:
    """A trained network's tensors, by the names that facelab reads."""
    return torch.load(trained, weights_only=False)


def _groups(network: torch.nn.Module, decay: float) -> list[dict[str, object]]:
    """Weights decay; biases and normalisations do not."""
    large = [p for p in network.parameters() if p.dim() > 1]
    small = [p for p in network.parameters() if p.dim() == 1]
    return [{"params": large, "weight_decay": decay}, {"params": small, "weight_decay": 0.0}]


def _schedule(progress: float) -> float:
    """Up over the first fiftieth, then down along a cosine."""
    return min(1.0, progress * 50 + 0.02) * (0.5 + 0.5 * math.cos(math.pi * min(1.0, progress))) + 0.002


def _batch(examples: dict[str, torch.Tensor], rows: torch.Tensor, generator: torch.Generator) -> tuple[torch.Tensor, ...]:
    """Examples as the network takes them; half are mirrored, all a little brighter, darker or tinted."""
    pixels = examples["crop"][rows].float()
    kind, teacher, box, points = (examples[name][rows] for name in ("kind", "teacher", "box", "landmarks"))
    mirrored = torch.rand(len(rows), generator=generator) < 0.5
    pixels = torch.where(mirrored[:, None, None, None], pixels.flip(3), pixels)
    box = torch.where(mirrored[:, None], torch.stack([-box[:, 2], box[:, 1], -box[:, 0], box[:, 3]], dim=1), box)
    swapped = points[:, [1, 0, 2, 4, 3, 6, 5, 7, 9, 8]]
    swapped = torch.cat([1 - swapped[:, :5], swapped[:, 5:]], dim=1)
    points = torch.where(mirrored[:, None], swapped, points)
    gain = 1 + 0.1 * torch.randn((len(rows), 1, 1, 1), generator=generator) + 0.05 * torch.randn((len(rows), 3, 1, 1), generator=generator)
    offset = 8 * torch.randn((len(rows), 1, 1, 1), generator=generator)
    pixels = ((pixels * gain + offset).clamp_(0, 255) - 127.5) / 128
    return pixels.contiguous(memory_format=torch.channels_last), kind, teacher, box, points


def _losses(out: torch.Tensor, kind: torch.Tensor, teacher: torch.Tensor, box: torch.Tensor, points: torch.Tensor) -> list[torch.Tensor]:
    known = (kind == IS_FACE) | (kind == IS_BACKGROUND)
    target = torch.where(known, torch.lerp((kind == IS_FACE).float(), teacher, TEACHER), teacher).clamp(1e-6, 1 - 1e-6)
    # Less the target's own entropy, which nothing could remove: else the hardest were those that the teacher doubts.
    entropy = torch.nn.functional.binary_cross_entropy(target, target, reduction="none")
    each = torch.nn.functional.binary_cross_entropy_with_logits(out[:, 1] - out[:, 0], target, reduction="none") - entropy
    hardest = each.topk(max(1, int(HARDEST * len(each)))).values.mean()
    placed = (kind == IS_FACE) | (kind == IS_PART)
    edges = torch.nn.functional.smooth_l1_loss(out[placed, 2:6], box[placed], beta=0.02)
    on_face = kind == IS_FACE
    places = torch.nn.functional.smooth_l1_loss(out[on_face, 6:], points[on_face], beta=0.01)
    return [hardest, edges, places]


@torch.inference_mode()
def _validated(network: torch.nn.Module, examples: dict[str, torch.Tensor], rows: torch.Tensor) -> dict[str, float]:
    """On examples held out: faces found and background taken for faces at .7, box error in % of the side, landmarks' in % of the eyes'."""
    network.eval()
    outs = []
    for part in rows.split(1024):
        pixels = ((examples["crop"][part].float() - 127.5) / 128).contiguous(memory_format=torch.channels_last)
        outs.append(network(pixels).flatten(1))
    out = torch.cat(outs)
    kind, box, points = (examples[name][rows] for name in ("kind", "box", "landmarks"))
    score = out[:, :2].softmax(dim=1)[:, 1]
    face = kind == IS_FACE
    seen, true = (values[face].view(-1, 2, 5) for values in (out[:, 6:], points))
    eyes = (true[:, :, 0] - true[:, :, 1]).norm(dim=1)
    error = (seen - true).norm(dim=1).mean(dim=1) / eyes
    return {
        "found": float((score[face] > 0.7).float().mean()),
        "false": float((score[kind == IS_BACKGROUND] > 0.7).float().mean()),
        "box": float(100 * (out[face, 2:6] - box[face]).abs().mean()),
        "landmarks": float(100 * error.median()),
    }


def _named(losses: torch.Tensor) -> dict[str, float]:
    return dict(zip(("loss", "box_loss", "landmark_loss"), losses.tolist()))


def _counts(arrays: dict[str, np.ndarray]) -> dict[str, int]:
    kinds = {"faces": IS_FACE, "parts": IS_PART, "background": IS_BACKGROUND, "doubtful": IS_DOUBTFUL}
    return {name: int((arrays["kind"] == kind).sum()) for name, kind in kinds.items()}
