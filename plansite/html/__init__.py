"""From the values of a page to its HTML: templates, prose, and what is done to the finished document."""
