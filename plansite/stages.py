"""How a build says which stage it is in."""

from collections.abc import Callable

Progress = Callable[[str], object]
"""Called with the name of each stage as it begins."""
STAGE = "stage: "
"""What a line begins with that tells the name of a stage to another process."""
