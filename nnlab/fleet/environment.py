"""The settings of a server as its runners get them: in the variables of their environment."""

from __future__ import annotations

import platform

from nnlab.settings import Settings

# Sessions that take turns lie all over the memory. In pages of 4 KB it takes the processor longer to find out where
# than to read: 150 of them get 850 frames a second, in pages of 2 MB 1,130. Linux gives those to who asks for them; its
# C library does, for what it hands out, and Python's own allocator does not. Of no effect where they are switched off.
LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1", "PYTHONMALLOC": "malloc"}


def memory_of_runners() -> dict[str, str]:
    """How the process of a runner should lay out its memory, where nobody has said otherwise."""
    return LARGE_PAGES if platform.libc_ver()[0] == "glibc" else {}


def environment_of(settings: Settings) -> dict[str, str]:
    """What each runner needs to know; of what all share it has its part."""
    return {
        "NNLAB_DATABASE": settings.database_address,
        "NNLAB_GRACE_S": str(settings.grace_s),
        "NNLAB_SLEEP_S": str(settings.sleep_s),
        "NNLAB_KEEP_DAYS": str(settings.keep_days),
        "NNLAB_AWAKE_MB": str(max(1, settings.awake_mb // settings.runners)),
    }
