"""Build the site: `python build.py`, or `python build.py --help` for everything else."""

import signal
import sys

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that what was begun is cleared away
    try:
        from plansite.commands import main
    except KeyboardInterrupt:  # Ctrl-C while the program is being loaded
        sys.exit(130)
    main(prog_name="python build.py")
