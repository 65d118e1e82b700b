"""How VBA packs its sources: the compressed container of MS-OVBA, section 2.4.1.

Source: Microsoft, "[MS-OVBA]: Office VBA File Format Structure", sections 2.4.1.1 to 2.4.1.3.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

_SIGNATURE = b"\x01"
_CHUNK = 4096
_TOKENS_IN_A_GROUP = 8
_SHORTEST_COPY = 3
_COMPRESSED_CHUNK = 0xB000
_RAW_CHUNK = 0x3000
_HEADER = 2


@lru_cache(maxsize=64)  # the modules of one macro workbook are mostly those of the next
def compressed(content: bytes) -> bytes:
    """Pack bytes as VBA does; what is short or random may grow a little.

    Examples
    --------
    The beginning of the specification's own example (section 3.2.2):

    >>> compressed(b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa")[:3].hex()
    '012fb0'
    """
    chunks = (content[start : start + _CHUNK] for start in range(0, len(content), _CHUNK))
    return _SIGNATURE + b"".join(map(_packed_chunk, chunks))


def _packed_chunk(chunk: bytes) -> bytes:
    packed = b"".join(_groups(chunk))
    if len(packed) >= _CHUNK:
        return struct.pack("<H", _RAW_CHUNK | (_CHUNK + _HEADER - 3)) + chunk.ljust(_CHUNK, b"\0")
    return struct.pack("<H", _COMPRESSED_CHUNK | (len(packed) + _HEADER - 3)) + packed


def _groups(chunk: bytes) -> Iterator[bytes]:
    """Eight tokens at a time, after a byte that says which of them are copies."""
    tokens = list(_tokens(chunk))
    for start in range(0, len(tokens), _TOKENS_IN_A_GROUP):
        group = tokens[start : start + _TOKENS_IN_A_GROUP]
        flags = sum(1 << place for place, token in enumerate(group) if len(token) > 1)
        yield bytes([flags]) + b"".join(group)


def _tokens(chunk: bytes) -> Iterator[bytes]:
    """One byte for what is new, two for what stands further up in the chunk."""
    seen: defaultdict[bytes, list[int]] = defaultdict(list)
    position = 0
    while position < len(chunk):
        offset, length = _longest_copy(chunk, position, seen)
        if length:
            yield _copy_token(position, offset, length)
        else:
            yield chunk[position : position + 1]
            length = 1
        for place in range(position, position + length):
            seen[chunk[place : place + _SHORTEST_COPY]].append(place)
        position += length


def _longest_copy(
    chunk: bytes, position: int, seen: defaultdict[bytes, list[int]]
) -> tuple[int, int]:
    """How far back the longest repetition begins and how long it is; (0, 0) if there is none.

    Of several the nearest is taken; every choice is unpacked alike.
    """
    longest = min((0xFFFF >> offset_bits(position)) + _SHORTEST_COPY, len(chunk) - position)
    best = (0, 0)
    for place in reversed(seen.get(chunk[position : position + _SHORTEST_COPY], [])):
        length = _common_length(chunk, place, position, longest)
        if length >= max(best[1] + 1, _SHORTEST_COPY):
            best = (position - place, length)
        if length == longest:
            break
    return best


def _common_length(chunk: bytes, first: int, second: int, longest: int) -> int:
    length = 0
    while length < longest and chunk[first + length] == chunk[second + length]:
        length += 1
    return length


def _copy_token(position: int, offset: int, length: int) -> bytes:
    shift = 16 - offset_bits(position)
    return struct.pack("<H", (offset - 1) << shift | (length - _SHORTEST_COPY))


def offset_bits(position: int) -> int:
    """CopyToken Help (2.4.1.3.19.1): the further into the chunk, the more bits an offset needs.

    >>> offset_bits(16), offset_bits(17)
    (4, 5)
    """
    return max(4, (position - 1).bit_length())
