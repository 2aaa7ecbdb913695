"""The open data and the citations beside the pages."""
