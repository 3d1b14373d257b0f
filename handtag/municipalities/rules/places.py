"""How the name of a place is sought: as people type it, whatever its capitals and spaces."""

LAST = "\U0010ffff"  # sorts after every letter: the end of all words with one beginning


def sought(name: str) -> str:
    """A name in the form it is looked up by; å, ä and ö stay themselves."""
    return " ".join(name.casefold().split())
