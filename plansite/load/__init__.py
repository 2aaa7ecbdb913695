"""From YAML files to the model: every fault with file, line and column, all of them in one run."""

from plansite.load.faults import DataError, Fault
from plansite.load.site import load_site, load_with_positions

__all__ = ["DataError", "Fault", "load_site", "load_with_positions"]
