"""What OpenCV's CascadeClassifier finds in face-api's sample photos and in parts of them, for test/detection/haar.test.ts.

    pip install opencv-python-headless==4.12.0.88 pillow==13.0.0
    python haar.py haarcascade_frontalface_default.xml node_modules/@vladmandic/face-api/demo > haar.json

OpenCV 5 has no CascadeClassifier. Each box has the number of windows that were joined to it (numDetections) behind it.
"""

import json
import sys

import cv2
import numpy as np
from PIL import Image

SIDE = 640
PARTS = [("sample1.jpg", 300, 100), ("sample1.jpg", 1100, 0), ("sample4.jpg", 200, 300), ("sample5.jpg", 900, 400)]
OPENCV = {"scaleFactor": 1.1, "minNeighbors": 3, "minFaceSize": 20}
OTHERS = [
    {"scaleFactor": 1.05, "minNeighbors": 0, "minFaceSize": 60},
    {"scaleFactor": 1.3, "minNeighbors": 1, "minFaceSize": 150},
]

cascade, folder = sys.argv[1:3]
classifier = cv2.CascadeClassifier(cascade)
cv2.setNumThreads(1)
found = []


def look(photo, left, top, width, height, params):
    pixels = np.asarray(Image.open(f"{folder}/{photo}").convert("RGB"))[top : top + height, left : left + width]
    grey = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY)
    side = params["minFaceSize"]
    boxes, counts = classifier.detectMultiScale2(
        grey, scaleFactor=params["scaleFactor"], minNeighbors=params["minNeighbors"], minSize=(side, side)
    )
    rows = sorted([*map(int, box), int(count)] for box, count in zip(boxes, counts))
    found.append({"photo": photo, "part": [left, top, width, height], "params": params, "boxes": rows})


for photo, left, top in PARTS:
    look(photo, left, top, SIDE, SIDE, OPENCV)
for params in OTHERS:
    look("sample1.jpg", 300, 100, SIDE, SIDE, params)
look("sample6.jpg", 0, 0, *Image.open(f"{folder}/sample6.jpg").size, OPENCV)
print(json.dumps(found, indent=1))
