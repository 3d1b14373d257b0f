"""Which language a text was written in: what the writer reads in, where the letters bear it out."""

import pytest
from django.utils import translation

from handtag.kernel.tongues import borne_out, written_in


@pytest.mark.parametrize(
    ("text", "chosen", "found"),
    [
        ("أهلًا، سآتي غدًا الساعة 14", "ar", "ar"),
        ("Добрий день, я прийду завтра", "uk", "uk"),
        ("Tulen huomenna kello 14", "fi", "fi"),
        ("Waan imanayaa berri", "so", "so"),
        ("Jag kommer i morgon", "sv", "sv"),
        ("Jag kommer i morgon", "sv-easy", "sv"),
        ("I will be there at two", "en", "en"),
        # They read in one language and write to a neighbour in another: nothing is said of it.
        ("Jag kommer i morgon", "ar", ""),
        ("Jag kommer i morgon", "fi", ""),
        ("Hej! Kan du komma?", "en", ""),
        ("أهلًا", "sv", ""),
        ("Привіт", "ar", ""),
        # Nothing to go by.
        ("14–16, 042-10 50 00", "ar", ""),
        ("", "sv", ""),
        ("Hallo", "de", "de"),
        ("Hello", "xx", ""),
        ("Hello", "", ""),
    ],
)
def test_the_letters_bear_it_out(text: str, chosen: str, found: str) -> None:
    assert borne_out(text, chosen) == found


def test_what_the_writer_reads_in_is_what_counts() -> None:
    with translation.override("ar"):
        assert written_in("", "حليب وخبز") == "ar"
        assert written_in("Mjölk och bröd") == ""
    with translation.override(None):
        assert written_in("Mjölk och bröd") == ""
