"""The second step of staff: whether it is demanded, and what somebody can take it with."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings

from handtag.kernel.rights import STAFF
from handtag.login.models import Identity, TownRules
from handtag.login.queries.wearing import Home
from handtag.municipalities.queries import by_slug


@dataclass(frozen=True, slots=True)
class Steps:
    """What somebody can show besides a code by e-mail."""

    has_app: bool
    has_keys: bool
    has_codes: bool
    providers: tuple[tuple[str, str, str], ...]  # slug of the town, key, name

    @property
    def has_any(self) -> bool:
        """Whether there is something to take the step with; codes stand in for what is lost."""
        return self.has_app or self.has_keys or bool(self.providers)


def demands_second_step(municipality_id: UUID) -> bool:
    """Whether staff here must take a second step; outside the sample yes, unless the town says otherwise."""
    said = TownRules.objects.of(municipality_id).values_list("second_step", flat=True).first()
    return not settings.SAMPLE if said is None else said


def demands_step_of(homes: Iterable[Home]) -> bool:
    """Whether somebody with these roles must take a second step somewhere before they can work."""
    towns = {home.slug for home in homes if home.role in STAFF}
    return any(demands_second_step(found.id) for found in map(by_slug, sorted(towns)) if found is not None)


def steps_of(login_id: UUID) -> Steps:
    """What somebody's login has."""
    kinds = set(Authenticator.objects.filter(user_id=login_id).values_list("type", flat=True))
    linked = Identity.objects.filter(login_id=login_id, provider__is_on=True)
    named = linked.order_by("provider__name").values_list(
        "provider__municipality__slug", "provider__key", "provider__name"
    )
    return Steps(
        has_app=Authenticator.Type.TOTP in kinds,
        has_keys=Authenticator.Type.WEBAUTHN in kinds,
        has_codes=Authenticator.Type.RECOVERY_CODES in kinds,
        providers=tuple(named),
    )
