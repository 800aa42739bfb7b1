"""What OpenCV's FaceDetectorYN finds in parts of face-api's sample photos, for test/detection/yunet.test.ts.

    pip install opencv-python-headless==5.0.0.93 pillow==13.0.0
    python yunet.py yunet_s_640_640.onnx node_modules/@vladmandic/face-api/demo > yunet.json

The network is the one of OpenCV's model zoo (face_detection_yunet_2023mar.onnx). Each part has the size that the file is made for, so
that nothing is resized or padded on either side.
"""

import json
import sys

import cv2
import numpy as np
from PIL import Image

SIDE, MIN_SCORE, MAX_OVERLAP = 640, 0.6, 0.3
PARTS = [("sample1.jpg", 300, 100), ("sample1.jpg", 1100, 0), ("sample4.jpg", 200, 300), ("sample5.jpg", 900, 400)]

model, folder = sys.argv[1:3]
detector = cv2.FaceDetectorYN.create(model, "", (SIDE, SIDE), MIN_SCORE, MAX_OVERLAP, 5000)
parts = []
for photo, left, top in PARTS:
    pixels = np.asarray(Image.open(f"{folder}/{photo}").convert("RGB"))[top : top + SIDE, left : left + SIDE, ::-1]
    _, faces = detector.detect(np.ascontiguousarray(pixels))
    rows = [] if faces is None else sorted(faces.tolist(), key=lambda row: -row[14])
    parts.append(
        {"photo": photo, "left": left, "top": top, "minScore": MIN_SCORE, "maxOverlap": MAX_OVERLAP}
        | {"faces": [[round(value, 5) for value in row] for row in rows]}
    )
print(json.dumps(parts, indent=1))
