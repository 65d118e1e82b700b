"""The accepted pictures: read, compared with what is drawn now, and replaced on demand."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PIL import Image

from tests.pictures.comparing import SHARE, difference, side_by_side, small

ACCEPTED = Path(__file__).with_name("accepted")
DIFFERING = Path(__file__).with_name("differing")
"""Not under version control."""
COMMAND = "python -m tests.pictures accept"


def complaint(
    name: str, drawn: Image.Image, accepted: Path = ACCEPTED, differing: Path = DIFFERING
) -> str:
    """What is wrong with a picture drawn now; nothing if it is as it was accepted.

    A picture that differs is left in the second folder, with the accepted one and the differences
    in red beside it.
    """
    place = differing / f"{name}.png"
    known = accepted / f"{name}.png"
    if not known.exists():
        _save(drawn, place)
        return f"No picture “{name}” was accepted. Look at {place}, then run: {COMMAND}"
    with Image.open(known) as before:
        found = difference(before, drawn)
        if not found.counts:
            place.unlink(missing_ok=True)
            return ""
        _save(side_by_side(before, drawn), place)
    return (
        f"“{name}” differs in {found.share:.2%} of its area from the accepted picture"
        f" ({SHARE:.1%} may). Look at {place}; if it is meant, run: {COMMAND}"
    )


def accept(name: str, drawn: Image.Image, accepted: Path = ACCEPTED) -> bool:
    """Put a picture in place of the accepted one where it differs; whether it did."""
    known = accepted / f"{name}.png"
    if known.exists():
        with Image.open(known) as before:
            if not difference(before, drawn).counts:
                return False
    _save(small(drawn), known)
    return True


def forget(names: Collection[str], accepted: Path = ACCEPTED) -> list[str]:
    """Remove the accepted pictures of other names; which these were."""
    gone = [path for path in sorted(accepted.glob("*.png")) if path.stem not in names]
    for path in gone:
        path.unlink()
    return [path.stem for path in gone]


def _save(picture: Image.Image, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    picture.save(place, optimize=True)
