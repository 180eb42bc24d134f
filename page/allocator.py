"""Memory that a question needed for a moment goes back to the system.

Left alone, glibc keeps an arena for each thread that ever answered, and learns
to keep blocks of up to 32 MB in them: reading passages closely takes a few such
blocks of a new size each time, so that the page grows by hundreds of megabytes
in its first minutes. Elsewhere than on glibc nothing is changed.
"""

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of malloc.h
_BLOCK = (
    1024 * 1024
)  # bytes from which a block is taken from the system, and given back
_ARENAS = 2


def return_memory() -> bool:
    """Set it for this process, before threads start; False where it cannot be."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    options = (
        (_MMAP_THRESHOLD, _BLOCK),
        (_TRIM_THRESHOLD, _BLOCK),
        (_ARENA_MAX, _ARENAS),
    )
    return all(mallopt(option, value) == 1 for option, value in options)
