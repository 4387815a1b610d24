"""The libraries that only reading sheets needs, or a sentence saying they are missing.

They come with the extra ``scan``; whoever only prints sheets does without.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from numpy.typing import NDArray

from plebiscite.errors import InputError

Picture = NDArray[Any]
"""Rows of grey pixels, 0 (black) to 255."""
Points = NDArray[Any]
"""Places in a plane, a row each: x to the right, y down; a pixel is one square wide,
and its middle lies half a pixel from its edge."""


def opencv() -> ModuleType:
    """Return OpenCV, for one core.

    Raises:
        InputError: it is not installed.

    """
    try:
        import cv2
    except ImportError as missing:
        raise _lacking("opencv-python-headless") from missing
    cv2.setNumThreads(1)
    return cv2


def zxing() -> ModuleType:
    """Return the reader of QR codes.

    Raises:
        InputError: it is not installed.

    """
    try:
        import zxingcpp
    except ImportError as missing:
        raise _lacking("zxing-cpp") from missing
    return zxingcpp


def pillow() -> ModuleType:
    """Return Pillow's module for images.

    Raises:
        InputError: it is not installed.

    """
    try:
        from PIL import Image
    except ImportError as missing:
        raise _lacking("pillow") from missing
    return Image


def reader_of_print() -> Any:
    """Return RapidOCR, ready, with the models that lie in its own package.

    Raises:
        InputError: it is not installed.

    """
    try:
        from rapidocr import RapidOCR
    except ImportError as missing:
        raise _lacking("rapidocr") from missing
    return RapidOCR(params={"Global.log_level": "error"})


def _lacking(what: str) -> InputError:
    return InputError(
        f"reading sheets needs {what}, which is not installed; "
        "install plebiscite with its extra: pip install 'plebiscite[scan]'"
    )
