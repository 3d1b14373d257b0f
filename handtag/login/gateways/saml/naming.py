"""How a directory names somebody and their session there: kept sealed, to say the same when logging out."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """Whom an assertion is about: the name to the letter, and the session at the directory."""

    value: str
    format: str = ""
    qualifier: str = ""  # NameQualifier
    for_whom: str = ""  # SPNameQualifier
    session: str = ""  # SessionIndex

    def written(self) -> str:
        """As it is written down; whoever keeps it seals it."""
        return json.dumps(asdict(self))


def name_of(words: str) -> Name:
    """What was written down. Raises ValueError for anything else."""
    try:
        return Name(**json.loads(words))
    except TypeError as fault:
        raise ValueError("not a name") from fault
