"""What a responsibility note prints."""

from __future__ import annotations

from dataclasses import dataclass

from plansite.model.text import Role


@dataclass(frozen=True, slots=True)
class Assignment:
    """A responsible body of a measure, as the responsibility note prints it."""

    department: str
    role: Role
    printed: str
