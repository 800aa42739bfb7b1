"""Embeds photos by face_recognition, as its documentation shows it: one JSON line for each path that stands on a line of the input.

Of several faces the one nearest to the photo's centre counts. Where none was found (HOG, upsampled once, the default), "found" is false
and a square in the photo's middle was taken, 45 % of its width, as dlib's boxes lie in LFW's photos.
The first line names the versions. Photos are not kept anywhere.
"""

import json
import sys
from importlib.metadata import version

import face_recognition

BOX = 0.45


def distance_from_centre(box, image):
    top, right, bottom, left = box
    height, width = image.shape[:2]
    return (top + bottom - height) ** 2 + (left + right - width) ** 2


def middle(image):
    height, width = image.shape[:2]
    half = BOX * width / 2
    return (round(height / 2 - half), round(width / 2 + half), round(height / 2 + half), round(width / 2 - half))


packages = [("face_recognition", "face_recognition"), ("dlib", "dlib-bin")]
print(json.dumps({"made": ", ".join(f"{name} {version(package)}" for name, package in packages)}), flush=True)
for line in sys.stdin:
    photo = face_recognition.load_image_file(line.rstrip("\n"))
    boxes = face_recognition.face_locations(photo)
    box = min(boxes, key=lambda one: distance_from_centre(one, photo)) if boxes else middle(photo)
    embedding = face_recognition.face_encodings(photo, [box])[0]
    print(json.dumps({"found": bool(boxes), "embedding": [float(f"{value:.7g}") for value in embedding]}), flush=True)
