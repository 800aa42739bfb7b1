"""Makes the .npz files in this folder with numpy, for test/datasets/npz.test.ts.

    pip install numpy==2.4.6 && python make_npz.py
"""

from pathlib import Path

import numpy as np

here = Path(__file__).parent

everything = {
    "uint8": np.arange(6, dtype=np.uint8).reshape(2, 3),
    "bool": np.array([True, False, True]),
    "float16": np.array([0.0, -0.0, 1.0, 65504.0, 6e-8, np.inf, -np.inf, np.nan, 0.1], dtype=np.float16),
    "float32": np.array([[0.1, -2.5], [3e38, np.nan]], dtype=np.float32),
    "float64": np.array([0.1, np.pi, -np.inf]),
    "int32": np.array([-(2**31), 0, 2**31 - 1], dtype=np.int32),
    "int64": np.array([-(2**53) + 1, 0, 2**53 - 1], dtype=np.int64),
    "unicode": np.array(["Zoë", "", "山田 太郎", "👩‍🔬 x"]),
    "scalar": np.float32(1.5),
    "text_scalar": np.array("lfw"),
    "empty": np.zeros((0, 128), dtype=np.float32),
    "no_text": np.array([], dtype="U"),
    "cube": np.arange(24, dtype=np.float64).reshape(2, 3, 4),
    "größe": np.array([1], dtype=np.uint8),
}
np.savez_compressed(here / "numpy-compressed.npz", **everything)
np.savez(here / "numpy-stored.npz", **everything)

np.savez_compressed(here / "fortran.npz", a=np.asfortranarray(np.ones((2, 3))))
np.savez_compressed(here / "big-endian.npz", a=np.ones(2, dtype=">f4"))
np.savez_compressed(here / "object.npz", a=np.array([{"x": 1}], dtype=object))
np.savez_compressed(here / "structured.npz", a=np.zeros(2, dtype=[("x", "<f4"), ("y", "<i4")]))
np.savez_compressed(here / "int64-large.npz", a=np.array([2**53], dtype=np.int64))

# What rounding to half precision must give: random numbers of every size, and every kind of tie.
rng = np.random.default_rng(0)
halves = np.arange(0x7C00, dtype=np.uint16).view(np.float16).astype(np.float32)
ties = ((halves[:-1] + halves[1:]) / 2)[::37]
values = np.concatenate(
    [
        (rng.standard_normal(1500) * 10.0 ** rng.uniform(-9, 6, 1500)).astype(np.float32),
        ties,
        -ties[::5],
        np.nextafter(ties[::3], np.float32(np.inf)),
        np.nextafter(ties[::3], np.float32(-np.inf)),
        np.array([65504, 65519.996, 65520, 65536, 2**-24, 2**-25, 2.9802326e-08, 2**-14, 6.1035153e-05], dtype=np.float32),
    ]
).astype(np.float32)
with np.errstate(over="ignore"):
    rounded = values.astype(np.float16)
np.savez_compressed(here / "half.npz", values=values, bits=rounded.view(np.uint16).astype(np.int32))
