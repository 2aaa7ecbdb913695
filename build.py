"""Build the site: `python build.py`, or `python build.py --help` for everything else."""

import sys

if __name__ == "__main__":
    try:
        from plansite.cli import main
    except KeyboardInterrupt:  # Ctrl-C while the program is being loaded
        sys.exit(130)
    main(prog_name="python build.py")
