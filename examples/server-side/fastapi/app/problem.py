class Problem(Exception):
    """What went wrong, in words for the person; the cause tells the log more."""
