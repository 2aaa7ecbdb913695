"""What to do about an error of the file system, in a line."""

from __future__ import annotations

import errno
from pathlib import Path

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}
FIXED = {errno.EBUSY, errno.EXDEV}


def told(error: OSError, out: Path) -> str:
    """Where and what happened, and what was expected, when a site was to be built into `out`."""
    place = Path(error.filename or out)
    ours = place in (out, out.parent) or any(part.startswith(f".{out.name}.") for part in place.parts)
    where = out if ours else place
    if error.errno in NO_ROOM:
        expected = "expected room for the new files: the new site is put together beside the old one"
    elif error.errno in FIXED:
        expected = "expected a folder that can be renamed, so not the top of a disk: choose a folder inside it"
    elif ours and error.errno in FORBIDDEN:
        expected = f"expected that {out.parent} may be written: the new site is put together there, beside the old one"
    else:
        expected = "expected files that can be read and written"
    return f"{where}: {error.strerror or error}; {expected}"
