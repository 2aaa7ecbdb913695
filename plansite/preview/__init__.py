"""Live preview: what an edit touches is shown at once, the rest follows; faults stand in the place of the page."""

from plansite.preview.server import serve_site

__all__ = ["serve_site"]
