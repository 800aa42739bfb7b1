"""The three networks of MTCNN (Zhang, Zhang, Li & Qiao 2016), in the order that is cheapest to train.

The paper's order is convolution, PReLU, max-pooling. Here it is convolution, max-pooling, batch normalisation, leaky
ReLU. Where the normalisation's factor and the slope are positive, both only move values without changing which one is
largest, so they commute with the pooling: the two orders give the same numbers, and this one normalises and bends a
quarter of the values. At the end the normalisation is folded into the convolution (`folded`), and what is shipped is
the paper's network: convolution with bias, PReLU (here with one slope for all channels), pooling.

Input of each: n x 3 x size x size, RGB, (pixel - 127.5) / 128. Output: n x 16, of which columns 0-1 are the logits
(not a face, a face), 2-5 the corrections of the box's left, top, right and bottom edge in sides of the input square, and 6-15 the
landmarks, five x, then five y, in sides of the square from its left and top edge. P- and R-Net learn landmarks, too, since that
teaches them what a face is; only O-Net's are shipped.
"""

import torch
from torch import nn

SLOPE = 0.1
"""Slope of the leaky ReLU left of zero."""

OUTPUTS = 16


class _Bend(nn.Sequential):
    """Normalise, then leaky ReLU."""

    def __init__(self, normalisation: nn.Module) -> None:
        super().__init__(normalisation, nn.LeakyReLU(SLOPE))


def _stage(inputs: int, outputs: int, kernel: int, pool: int = 0) -> list[nn.Module]:
    convolution: list[nn.Module] = [nn.Conv2d(inputs, outputs, kernel, bias=False)]
    pooling: list[nn.Module] = [nn.MaxPool2d(pool, 2, ceil_mode=True)] if pool else []
    return [*convolution, *pooling, _Bend(nn.BatchNorm2d(outputs))]


def pnet() -> nn.Sequential:
    """12 x 12 pixels; fully convolutional, so larger inputs give one answer for every second pixel."""
    return nn.Sequential(*_stage(3, 10, 3, pool=2), *_stage(10, 16, 3), *_stage(16, 32, 3), nn.Conv2d(32, OUTPUTS, 1))


def rnet() -> nn.Sequential:
    """24 x 24 pixels."""
    return nn.Sequential(
        *_stage(3, 28, 3, pool=3),
        *_stage(28, 48, 3, pool=3),
        *_stage(48, 64, 2),
        nn.Flatten(),
        nn.Linear(576, 128, bias=False),
        _Bend(nn.BatchNorm1d(128)),
        nn.Linear(128, OUTPUTS),
    )


def onet() -> nn.Sequential:
    """48 x 48 pixels."""
    return nn.Sequential(
        *_stage(3, 32, 3, pool=3),
        *_stage(32, 64, 3, pool=3),
        *_stage(64, 64, 3, pool=2),
        *_stage(64, 128, 2),
        nn.Flatten(),
        nn.Linear(1152, 256, bias=False),
        _Bend(nn.BatchNorm1d(256)),
        nn.Linear(256, OUTPUTS),
    )


SIZES = {"pnet": 12, "rnet": 24, "onet": 48}
"""Side of each network's input in pixels."""

NETWORKS = {"pnet": pnet, "rnet": rnet, "onet": onet}


def keep_scales_positive(network: nn.Module) -> None:
    """Call after every step: a normalisation with a negative factor would not commute with the pooling before it."""
    for module in network.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            module.weight.data.clamp_(min=1e-3)


def folded(network: nn.Sequential) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """The layers with weights, as (weight, bias), with each normalisation folded into the layer before it."""
    layers: list[tuple[torch.Tensor, torch.Tensor]] = []
    for module in network:
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            bias = module.bias if module.bias is not None else torch.zeros(module.weight.shape[0])
            layers.append((module.weight.detach().double(), bias.detach().double()))
        elif isinstance(module, _Bend):
            norm = module[0]
            scale = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach().double()
            shift = norm.bias.detach().double() - norm.running_mean.double() * scale
            weight, bias = layers.pop()
            layers.append((weight * scale.view(-1, *[1] * (weight.dim() - 1)), bias * scale + shift))
    return layers
