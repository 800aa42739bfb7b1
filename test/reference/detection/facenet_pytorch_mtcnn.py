"""Boxes, scores and landmarks of facenet-pytorch's MTCNN (the same published weights), as a fixture.

    python test/reference/detection/facenet_pytorch_mtcnn.py

Reads face-api's six sample photos (in node_modules) and, where it is present, the five scenes in
../shared/data/tv-characters; writes facenet-pytorch-mtcnn.json beside itself. Only numbers are stored.
Versions used: facenet-pytorch 2.5.3, torch 2.15.0, numpy 2.4.6, pillow 13.0.0.
"""

import io
import json
from pathlib import Path

import numpy
import torch
from facenet_pytorch import MTCNN
from facenet_pytorch.models.utils.detect_face import detect_face
from PIL import Image, ImageCms

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "node_modules/@vladmandic/face-api/demo"
SCENES = ROOT.parent / "shared/data/tv-characters/scenes"

torch.set_num_threads(1)
detector = MTCNN(keep_all=True, min_face_size=20, thresholds=[0.6, 0.7, 0.7], factor=0.709, device="cpu")


def srgb(image):
    """A photo with a colour profile of its own is converted to sRGB, as facelab's decoder does."""
    profile = image.info.get("icc_profile")
    if profile is None:
        return image.convert("RGB")
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    intent = ImageCms.Intent.PERCEPTUAL
    return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), intent, outputMode="RGB")


def rounded(values):
    return [round(float(value), 4) for value in numpy.asarray(values).ravel()]


photos = {}
for path in [SAMPLES / f"sample{i}.jpg" for i in range(1, 7)] + sorted(SCENES.glob("*.jpg")):
    pixels = numpy.asarray(srgb(Image.open(path)))
    with torch.no_grad():
        boxes, points = detect_face(
            [pixels], detector.min_face_size, detector.pnet, detector.rnet, detector.onet,
            detector.thresholds, detector.factor, detector.device,
        )
    faces = [
        {"box": rounded(box[:4]), "score": round(float(box[4]), 6), "landmarks": rounded(point)}
        for box, point in zip(boxes[0], points[0])
    ]
    photos[path.name] = sorted(faces, key=lambda face: -face["score"])

target = Path(__file__).with_name("facenet-pytorch-mtcnn.json")
target.write_text(json.dumps(photos, indent=1) + "\n")
print({name: len(faces) for name, faces in photos.items()})
