"""The photos that we learn from: LFW, 13,233 news photos of 250 x 250 pixels, deep-funneled."""

from pathlib import Path

import cv2
import numpy as np


def list_photos(folder: Path) -> list[Path]:
    """All JPEG files below a folder, in code point order."""
    photos = sorted(folder.glob("*/*.jpg"), key=lambda path: path.relative_to(folder).as_posix())
    if not photos:
        raise SystemExit(f"no photos in {folder} (expected PERSON/PHOTO.jpg, as facelab fetch lfw leaves them)")
    return photos


def read_photo(path: Path) -> np.ndarray:
    """h x w x 3 uint8, RGB."""
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if image is None:
        raise SystemExit(f"cannot read photo: {path}")
    return np.ascontiguousarray(image[:, :, ::-1])
