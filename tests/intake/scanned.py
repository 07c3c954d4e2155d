"""A completed form printed and put on a scanner, a fax or a table with a telephone over it: its pages as pictures, none of them perfect."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from time import gmtime
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.uint8]
THEN = gmtime(1_793_000_000)


def printed(form: Path, pages: list[int], dpi: int) -> list[Picture]:
    """Pages of a form (from 1) with its answers, as PDFium prints them."""
    with pypdfium2.PdfDocument(form) as document:
        document.init_forms()
        drawn = [document[page - 1].render(scale=dpi / 72, grayscale=True).to_numpy() for page in pages]
        return [picture.reshape(picture.shape[:2]).copy() for picture in drawn]


def scanned(picture: Picture, seed: int, turn: float = 1.5) -> Picture:
    """A page not quite straight, a little small, a little off, blurred, noisy, on greyish paper with a shadow to one side."""
    chance = np.random.default_rng(seed)
    height, width = picture.shape
    lay = cv2.getRotationMatrix2D((width / 2, height / 2), chance.choice((-turn, turn)), chance.uniform(0.96, 1))
    lay[:, 2] += chance.uniform(-0.008, 0.008, 2) * width
    page: Any = cv2.warpAffine(picture, lay, (width, height), borderValue=255)
    page = cv2.GaussianBlur(page, (0, 0), width / 2500) * np.linspace(0.84, 0.94, width)
    noisy: Picture = np.clip(page + chance.normal(0, 8, page.shape), 0, 255).astype(np.uint8)
    return noisy


def faxed(picture: Picture, seed: int) -> Picture:
    """The same in plain black and white."""
    return np.where(scanned(picture, seed) > 150, 255, 0).astype(np.uint8)


def photographed(picture: Picture) -> Picture:
    """A page on a dark table, held at a slant."""
    height, width = picture.shape
    corners: Any = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    there: Any = np.array([(230, 170), (width + 150, 210), (width + 290, height + 240), (110, height + 290)], np.float32)
    lay, table = cv2.getPerspectiveTransform(corners, there), np.full((height + 400, width + 400), 80, np.uint8)
    cv2.warpPerspective(picture, lay, table.shape[::-1], dst=table, borderMode=cv2.BORDER_TRANSPARENT)
    return scanned(table, seed=5, turn=0)


def upside_down(picture: Picture) -> Picture:
    return picture[::-1, ::-1].copy()


def as_pdf(pictures: list[Picture], dpi: int) -> bytes:
    """A PDF of pictures as a scanner makes it: JPEG, or CCITT fax where there is nothing but black and white."""
    in_grey = {} if set(np.unique(pictures[0])) <= {0, 255} else {"quality": 55}
    first, *more = (Image.fromarray(picture).convert("L" if in_grey else "1") for picture in pictures)
    out = BytesIO()
    first.save(out, "PDF", save_all=True, append_images=more, resolution=dpi, creationDate=THEN, modDate=THEN, **in_grey)
    return out.getvalue()


def as_picture(pictures: list[Picture], kind: str) -> bytes:
    """png, jpeg, or a tiff of several pages."""
    first, *more = map(Image.fromarray, pictures)
    out = BytesIO()
    first.save(out, kind, **({"save_all": True, "append_images": more} if kind == "tiff" else {}))
    return out.getvalue()
