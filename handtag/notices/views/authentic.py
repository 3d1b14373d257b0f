"""Whether it is the provider who speaks: it signs nothing, so its path and its address tell.

Nothing of a forged call is kept; how many there were is counted for the municipality.
"""

from uuid import UUID

from django.conf import settings

from handtag.kernel.doors import Request
from handtag.kernel.errors import NotAllowed, NotFound
from handtag.kernel.senders import address_of
from handtag.notices import actions, queries
from handtag.notices.rules.sources import is_among, sources


def must_come_to_town(request: Request, secret: str) -> UUID:
    """The municipality whose line this is: NotFound for a wrong secret, NotAllowed from a wrong place."""
    town = request.municipality
    if town is None:
        raise NotFound("line")
    if not queries.opens(town.id, secret):
        actions.count_refused(town.id)
        raise NotFound("line")
    _must_come_from_provider(request, town.id)
    return UUID(str(town.id))


def must_come_to_row(request: Request, secret: str, row_id: UUID) -> UUID:
    """The same at the address of one message or one call."""
    town = request.municipality
    if town is None:
        raise NotFound("notice")
    if not queries.reports(town.id, secret, row_id):
        actions.count_refused(town.id)
        raise NotFound("notice")
    _must_come_from_provider(request, town.id)
    return UUID(str(town.id))


def _must_come_from_provider(request: Request, municipality_id: UUID) -> None:
    if not is_among(address_of(request), sources(settings.SMS_SOURCES, settings.SMS_URL)):
        actions.count_refused(municipality_id)
        raise NotAllowed("not an address of the provider")
