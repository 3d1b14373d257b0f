"""What an administrator says about a provider, and what must hold of it."""

import re
from dataclasses import dataclass

# What the sign-in page asks of an e-identity unless the municipality says otherwise: LoA3.
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"


@dataclass(frozen=True, slots=True)
class ProviderWish:
    """Everything about one provider; an empty secret leaves the one that is kept."""

    key: str
    kind: str
    whom: str
    name: str
    issuer: str
    is_on: bool = True
    client_id: str = ""
    client_auth: str = "client_secret_basic"
    secret: str = ""
    secret_variable: str = ""
    scope: str = ""
    levels: tuple[str, ...] = ()
    number_claim: str = ""
    certainty_claim: str = ""
    group_claim: str = ""
    sso_url: str = ""
    slo_url: str = ""
    certificate: str = ""


def may_name(variable: str, code: str) -> bool:
    """Whether a municipality may point at this variable: its own secrets alone, never the product's."""
    return re.fullmatch(rf"HANDTAG_SECRET_{code}_[A-Z0-9_]+", variable) is not None
