"""Accepts pictures after a change that is meant: ``python -m tests.pictures accept [NAME …]``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.pictures.accepting import accept, forget
from tests.pictures.drawings import DRAWINGS, studio


def main(arguments: Sequence[str]) -> int:
    """Draw all pictures, or those that are named, and accept those that changed."""
    command, *names = arguments or [""]
    unknown = [name for name in names if name not in DRAWINGS]
    if command != "accept" or unknown:
        sys.stderr.write(f"Usage: python -m tests.pictures accept [{' | '.join(DRAWINGS)} …]\n")
        return 2
    with studio() as place:
        for name in names or DRAWINGS:
            changed = accept(name, DRAWINGS[name](place))
            sys.stdout.write(f"{name}: {'accepted' if changed else 'as it was'}\n")
    for name in [] if names else forget(DRAWINGS):
        sys.stdout.write(f"{name}: removed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
