"""What ends a build early."""


class Stopped(Exception):
    """A build cannot go on; each line of the message is one thing that is wrong."""


class BuildError(Stopped):
    """The site cannot be built from the data as it is."""
