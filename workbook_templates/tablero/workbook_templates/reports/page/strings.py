"""Texts of the page that stand once and are pointed to from wherever they are shown."""

from __future__ import annotations


class Strings:
    """A list of different texts, in the order in which they were first said."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, text: str) -> int:
        """The place of a text, which is added where it is new.

        >>> strings = Strings()
        >>> [strings.place(one) for one in ("a", "b", "a")]
        [0, 1, 0]
        """
        return self._places.setdefault(text, len(self._places))

    @property
    def texts(self) -> list[str]:
        """Every text by its place."""
        return list(self._places)
