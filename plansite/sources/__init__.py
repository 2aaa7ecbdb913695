"""Official documents: from a file to paragraphs with their place, and from those to the outline of a plan."""
