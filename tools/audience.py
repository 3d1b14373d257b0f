"""Whose eyes the words of a file are for: what residents and helpers meet is translated to every language.

What staff alone meet stands in Swedish and English. A file is for residents unless it is named here, so that
a new page is missing from no language by oversight.
"""

import re
from collections.abc import Collection

STAFF = re.compile(
    r"""
    handtag/(
        ambassadors/
      | cases/(?! forms | messages | templates/cases/my_report )
      | desk/(?! messages | queries/(codes|prints|own_prints|reading) | (actions|forms|views)/prints
          | templates/desk/print_(around|posters) )
      | errands/( actions/steering | queries/third_person | templatetags/cockpit )
      | front/( forms | queries | views | templatetags | actions/what_if
          | templates/front/(cockpit|sample) )
      | geo/
      | groups/templates/groups/( manage | change | people )
      | insight/( templates | templatetags )
      | kernel/( numbers | sealing )
      | login/( actions/(providers|shutting|steps|turning) | forms/(numbers|providers|steps)
          | messages/directories | views/(directories|numbers|settings|shutting|steps)
          | queries/providers
          | templates/login/( _keys | person_login | codes | go_on | new_app | not_logged_out | number
              | provider\. | sample_provider | settings
              | step ) )
      | mandates/( actions | forms | templates/mandates/( end\. | find | make | person | reason ) )
      | municipalities/( actions | forms | queries | views
          | templates/municipalities/(?! accessibility | personal_data ) )
      | outreach/(?! messages | queries/own | templates/outreach/how_we_ask )
      | notices/( forms/settings | actions/(letters|phoning|ringing) | views/(letters|texts|unreached)
          | templates/notices/( line | letters | _letters | unreached | ring | ring_why | texts ) )
      | people/( queries/(checklist|scopes|alike) | actions/(numbers|protecting|reading|roles)
          | views/(protecting|reading|roles|staff) | templates/people/(?! _details | details | own ) )
      | permits/( actions/(checking|settings|writing|reading) | forms/settings | views/(cases|checks|settings)
          | queries/(cases|published)
          | templates/permits/( _count | _decide | _lines | _note | _service_form | case | counter | history
              | make_service | person | queue | reason | rule\. | service | services | verify_search ) )
      | privacy/( templates/privacy/( decide | erase\. | records ) | actions/retention )
    )
    | templates/( foot_staff | staff | states )
    """,
    re.VERBOSE,
)


def residents_meet(files: Collection[str]) -> bool:
    """Whether one of these files is for more than staff."""
    return not all(STAFF.match(file) for file in files)
