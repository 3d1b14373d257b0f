"""Phone numbers as people write them, kept in one form (E.164) and shown as Swedes read them."""

import phonenumbers
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberFormat

from handtag.kernel.errors import Problem


def normal(words: str, *, field: str = "phone") -> str:
    """A number in the one form it is kept in; raises a Problem that says how to write it."""
    try:
        number = phonenumbers.parse(words, "SE")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number) or number.extension:
        raise Problem(
            _("That does not look like a phone number. Write it with the area code: 042-10 50 00."),
            field=field,
        )
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """A kept number as it is read aloud: 042-10 50 00 within Sweden, else with its country."""
    if not number:
        return ""
    try:
        parsed = phonenumbers.parse(number, "SE")
    except phonenumbers.NumberParseException:
        return number
    home = parsed.country_code == 46
    return phonenumbers.format_number(
        parsed, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    )
