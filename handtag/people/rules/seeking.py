"""How somebody is sought: by name, phone or e-mail, never by leafing through everybody."""

from dataclasses import dataclass

SHORTEST = 2
MOST = 20
_DIGITS_OF_A_NUMBER = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search asks for, read out of what was typed; what is None is not looked at."""

    name: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""

    @property
    def is_nothing(self) -> bool:
        """Too little to look for."""
        return not (self.name or self.phone or self.email)


def read(typed: str) -> Wanted:
    """A number when there are mostly digits, an address when there is an @, else parts of a name."""
    words = typed.strip()
    digits = "".join(sign for sign in words if sign.isdecimal())
    if "@" in words:
        return Wanted(email=words.casefold()) if len(words) > SHORTEST else Wanted()
    if digits and not any(sign.isalpha() for sign in words):
        return Wanted(phone=_tail(words, digits)) if len(digits) >= _DIGITS_OF_A_NUMBER else Wanted()
    parts = tuple(sought(words).split())
    return Wanted(name=parts) if max((len(part) for part in parts), default=0) >= SHORTEST else Wanted()


def sought(name: str) -> str:
    """A name in the form it is looked up by."""
    return " ".join(name.casefold().split())


def _tail(words: str, digits: str) -> str:
    """What a kept number (+46…) ends with, however its beginning was typed: 070, +4670, 004670."""
    for beginning in ("0046", "46" if words.startswith("+") else "0046", "0"):
        if digits.startswith(beginning):
            return digits[len(beginning) :]
    return digits
