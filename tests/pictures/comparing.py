"""When two pictures count as the same: fonts may be drawn a little otherwise, nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

BLUR = 3.0
"""Radius in pixels: another machine may put a letter that far from where it was."""
THRESHOLD = 16
"""Steps of 256 by which a blurred colour may be off; the tints of two bands are 30 to 50 apart."""
SHARE = 0.003
"""Part of a picture that may differ by more: less than a small tile."""
COLOURS = (64, 128, 256)
SIZE = 2
"""Pixels by which a picture may be wider or taller than the accepted one."""


@dataclass(frozen=True)
class Difference:
    """Where a picture differs from another."""

    share: float
    """Part of the picture that differs."""
    mask: Image.Image
    """White where it differs."""

    @property
    def counts(self) -> bool:
        """Whether it is more than another machine's fonts would make."""
        return self.share > SHARE


def difference(one: Image.Image, other: Image.Image) -> Difference:
    """Where two pictures differ by more than the fonts of another machine would make them.

    Both are blurred first, so that the edge of a letter may move by a pixel; what is left is
    counted where a channel is off by more than a threshold. Pictures of other sizes differ wholly.
    """
    if any(abs(a - b) > SIZE for a, b in zip(one.size, other.size, strict=True)):
        return Difference(1.0, Image.new("L", other.size, 255))
    size = min(one.width, other.width), min(one.height, other.height)
    off = _blurred_difference(one.crop((0, 0, *size)), other.crop((0, 0, *size)))
    differs = off.max(axis=2) > THRESHOLD
    return Difference(float(differs.mean()), Image.fromarray(differs.astype(np.uint8) * 255))


def _blurred_difference(one: Image.Image, other: Image.Image) -> NDArray[np.uint8]:
    """How much each channel of each pixel is off after the blur."""
    blur = ImageFilter.GaussianBlur(BLUR)
    off = ImageChops.difference(*(each.convert("RGB").filter(blur) for each in (one, other)))
    return np.asarray(off)


def small(picture: Image.Image) -> Image.Image:
    """The picture with as few colours as make no difference, which keeps its file small."""
    whole = picture.convert("RGB")
    for colours in COLOURS:
        fewer = whole.quantize(
            colours, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE
        )
        if _blurred_difference(whole, fewer).max() <= THRESHOLD // 2:
            return fewer
    return whole


def side_by_side(accepted: Image.Image, drawn: Image.Image) -> Image.Image:
    """The accepted picture, the new one, and the new one with the differences in red."""
    marked = drawn.convert("L").convert("RGB")
    mask = difference(accepted, drawn).mask
    marked.paste((214, 0, 0), (0, 0), mask)
    sides = [accepted.convert("RGB"), drawn.convert("RGB"), marked]
    size = sum(one.width for one in sides) + 20, max(one.height for one in sides)
    sheet = Image.new("RGB", size, (128, 128, 128))
    left = 0
    for one in sides:
        sheet.paste(one, (left, 0))
        left += one.width + 10
    return sheet
