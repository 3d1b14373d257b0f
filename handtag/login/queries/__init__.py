"""Reading logins: who acts, which ways in there are, and what is demanded of whom."""

from handtag.login.queries.providers import (
    MappingRow,
    ProviderRow,
    Way,
    group_rows,
    provider,
    provider_rows,
    ways_in,
)
from handtag.login.queries.steps import Steps, demands_second_step, demands_step_of, steps_of
from handtag.login.queries.wearing import (
    Home,
    KeyRow,
    email_of,
    homes,
    identities_of,
    keys_of,
    login,
    one_each,
    roles_in,
    session,
    slug_of,
    town_of,
    towns,
)

__all__ = [
    "Home",
    "KeyRow",
    "MappingRow",
    "ProviderRow",
    "Steps",
    "Way",
    "demands_second_step",
    "demands_step_of",
    "email_of",
    "group_rows",
    "homes",
    "identities_of",
    "keys_of",
    "login",
    "one_each",
    "provider",
    "provider_rows",
    "roles_in",
    "session",
    "slug_of",
    "steps_of",
    "town_of",
    "towns",
    "ways_in",
]
