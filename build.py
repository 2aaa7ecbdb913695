"""Build the site: `python build.py`, or `python build.py --help` for everything else."""

from plansite.cli import main

if __name__ == "__main__":
    main(prog_name="python build.py")
