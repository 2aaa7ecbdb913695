"""Turns the structured data of public plans into a bilingual, checkable, linkable static site."""

__version__ = "0.1.0"
