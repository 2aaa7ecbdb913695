"""The search index, through Pagefind: `build_index` makes it from finished pages."""

from plansite.search.index import FOLDER, build_index
from plansite.search.service import SearchError
from plansite.search.units import Source

__all__ = ["FOLDER", "SearchError", "Source", "build_index"]
