"""The greatest things the loader takes: far above what a plan needs, low enough that no file can hold up a build.

The data guide tells them to maintainers.
"""

MAX_FILE = 4_000_000  # bytes of a file below data/
MAX_PERMALINKS = 40_000_000  # bytes of the list of addresses, which only grows
MAX_PARTS = 250_000  # values in one data file: the bodies of a province have half of them
MAX_DEPTH = 30  # lists and mappings inside each other
MAX_DIGITS = 15  # of a number: what a computer calculates with exactly
MAX_LINE = 4_000  # characters of one text
MAX_TERM = 150  # characters of a name in the glossary: one expression looks for all of them, letter by letter
MAX_FAULTS = 200  # of one file that are told in one run

MAX_ARTICLE = 100_000  # bytes of a Markdown page
MAX_BLOCK = 20_000  # characters of one of its blocks, which stand between empty lines
MAX_BLOCK_LINES = 400
MAX_BRACKETS = 100  # [ in one block: the time for links grows with their square
MAX_INDENT = 40  # spaces before a line: lists ten deep
