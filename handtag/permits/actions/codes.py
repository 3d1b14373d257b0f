"""Giving each approved helper a code by which they can be verified."""

from handtag.kernel import ids
from handtag.permits.models import HelperCode, Permit, Side


def give_code(permit: Permit) -> None:
    """Make the helper's code if there is none; harmless to do twice."""
    if permit.side != Side.PERFORM:
        return
    code = HelperCode(municipality_id=permit.municipality_id, person_id=permit.person_id, code=ids.token(8))
    HelperCode.objects.bulk_create([code], ignore_conflicts=True)
