"""`python build.py revise`: a revised document becomes the new edition of a plan that has data."""

from plansite.revise.refusals import ReviseError, UnknownPlan
from plansite.revise.run import revise

__all__ = ["ReviseError", "UnknownPlan", "revise"]
