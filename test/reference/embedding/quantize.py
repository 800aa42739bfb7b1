"""Rounding to 8 bits by ONNX Runtime's own quantisation tool, as a fixture for test/embedding/quantize.test.ts.

    python test/reference/embedding/quantize.py

Writes quantize.json beside itself (npx biome format --write lays it out). Needs onnx, onnxruntime and numpy (versions used are in the file). Made with them:
intervals of activations (asymmetric uint8), kernels per output channel (symmetric int8), and one small network of a
convolution with a ReLU, another convolution, and a sum, which quantize_static turns into QDQ form and ONNX Runtime runs.
"""

import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.quant_utils import compute_scale_zp, quantize_nparray

rng = np.random.default_rng(7)


def interval(low, high):
    zero_point, scale = compute_scale_zp(
        np.array(low, np.float32), np.array(high, np.float32), np.array(0, np.uint8), np.array(255, np.uint8)
    )
    return {"min": low, "max": high, "scale": float(scale), "zeroPoint": int(zero_point)}


def kernel(values):
    scales, rows = [], []
    for channel in values:
        largest = np.abs(channel).max()
        zero_point, scale = compute_scale_zp(
            np.array(-largest, np.float32),
            np.array(largest, np.float32),
            np.array(-127, np.int8),
            np.array(127, np.int8),
            symmetric=True,
        )
        scales.append(float(scale))
        rows.append(quantize_nparray(TensorProto.INT8, channel, scale, zero_point, -127, 127).reshape(-1).tolist())
    return {
        "dims": list(values.shape),
        "values": [float(v) for v in values.reshape(-1)],
        "scales": scales,
        "bytes": [b for row in rows for b in row],
    }


class Reader(CalibrationDataReader):
    def __init__(self, images):
        self.rest = [{"x": image[None]} for image in images]

    def get_next(self):
        return self.rest.pop(0) if self.rest else None


def network():
    """x -> conv a -> ReLU -> conv b; b + x's first channels; with the initializers that the tool made of it."""
    a = rng.normal(0, 0.4, (4, 4, 3, 3)).astype(np.float32)
    b = rng.normal(0, 0.3, (4, 4, 3, 3)).astype(np.float32)
    bias_a = rng.normal(0, 0.5, 4).astype(np.float32)
    bias_b = rng.normal(0, 0.5, 4).astype(np.float32)
    nodes = [
        helper.make_node("Conv", ["x", "a", "bias_a"], ["conv_a"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["conv_a"], ["relu_a"]),
        helper.make_node("Conv", ["relu_a", "b", "bias_b"], ["conv_b"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        helper.make_node("Add", ["conv_b", "x"], ["y"]),
    ]
    constants = {"a": a, "b": b, "bias_a": bias_a, "bias_b": bias_b}
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 4, 6, 6])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 4, 6, 6])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    images = rng.uniform(0, 2, (8, 4, 6, 6)).astype(np.float32)
    with tempfile.TemporaryDirectory() as folder:
        plain, rounded = Path(folder) / "plain.onnx", Path(folder) / "int8.onnx"
        onnx.save(model, plain)
        quantize_static(
            plain,
            rounded,
            Reader(images),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
        )
        made = {t.name: numpy_helper.to_array(t) for t in onnx.load(rounded).graph.initializer}
        session = onnxruntime.InferenceSession(rounded, providers=["CPUExecutionProvider"])
        (y,) = session.run(None, {"x": images[:1]})
    flat = lambda value: [float(v) for v in np.asarray(value).reshape(-1)]
    return {
        "constants": {name: {"dims": list(value.shape), "values": flat(value)} for name, value in constants.items()},
        "x": flat(images[0]),
        "quantized": {name: {"dims": list(value.shape), "values": flat(value)} for name, value in sorted(made.items())},
        "y": flat(y),
    }


fixture = {
    "versions": {"onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__, "numpy": np.__version__},
    "intervals": [
        interval(*pair)
        for pair in [(0, 1), (-1, 1), (0, 9.84499), (-11.9054, 8.03591), (-0.001, 30), (-30, 0.001), (0.5, 2), (-3, -1), (0, 0)]
    ],
    "kernels": [
        kernel(rng.normal(0, 0.1, (3, 2, 3, 3)).astype(np.float32)),
        kernel((np.arange(-8, 8).reshape(2, 2, 2, 2) / 16).astype(np.float32)),
        kernel(np.concatenate([np.zeros((1, 1, 2, 2)), np.full((1, 1, 2, 2), -0.3)]).astype(np.float32)),
    ],
    "network": network(),
}
path = Path(__file__).with_name("quantize.json")
path.write_text(json.dumps(fixture, indent=1) + "\n")
print(path, sorted(fixture["network"]["quantized"]))
