"""The search index, through Pagefind: `build_index` makes it from finished pages."""

from plansite.search.index import FOLDER, build_index
from plansite.search.service import SearchError

__all__ = ["FOLDER", "SearchError", "build_index"]
