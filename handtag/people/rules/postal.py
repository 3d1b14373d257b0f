"""Swedish postal addresses: a postcode in one form, and the lines that stand on an envelope."""

import re
from typing import Final

_DIGITS: Final = re.compile(r"[1-9]\d{4}")  # no Swedish postcode begins with 0


def postcode(typed: str) -> str | None:
    """A postcode as it is written, `252 23`; empty stays empty; None where it cannot be one."""
    digits = "".join(typed.split()).removeprefix("SE-").removeprefix("S-")
    if not digits:
        return ""
    return f"{digits[:3]} {digits[3:]}" if _DIGITS.fullmatch(digits) else None


def lines(address: str, code: str, town: str) -> tuple[str, ...]:
    """The lines under the name; none while something of it is missing, for such a letter comes back."""
    return (address, f"{code} {town}") if address and code and town else ()
