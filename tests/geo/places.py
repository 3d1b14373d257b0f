"""Points for the tests of the room."""

from hypothesis import strategies as st

from handtag.geo.points import SWEDEN, Point

POINTS = st.builds(
    Point,
    st.floats(SWEDEN.west, SWEDEN.east),
    st.floats(SWEDEN.south, SWEDEN.north),
)

HELSINGBORG = Point(12.6944, 56.0467)
ODAKRA = Point(12.7477, 56.1041)
