"""The register of every personal column: one record for each table that holds any."""

from handtag.privacy.rules.record import Record
from handtag.privacy.rules.register import about_calls, about_people, about_permits, about_what_happened
from handtag.privacy.rules.register.impersonal import IMPERSONAL

REGISTER: tuple[Record, ...] = (
    *about_people.RECORDS,
    *about_permits.RECORDS,
    *about_what_happened.RECORDS,
    *about_calls.RECORDS,
)
BY_TYPE = {record.type: record for record in REGISTER}

__all__ = ["BY_TYPE", "IMPERSONAL", "REGISTER"]
