"""One accent gives a palette that can be read, light and dark, or a reason and a colour that would do."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handtag.papers import palette
from handtag.papers.palette import GROUNDS, INK_2, Reason, Refused, contrast, derive

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
# Most colours are too pale; these reach far more often to the palette itself.
deep_colours = st.tuples(*[st.integers(0, 0x70)] * 3).map(lambda rgb: "#{:02x}{:02x}{:02x}".format(*rgb))


def assert_readable(found: palette.Palette) -> None:
    for scheme, tokens in (("light", found.light), ("dark", found.dark)):
        for ground in (*GROUNDS[scheme], tokens.accent_soft):
            assert contrast(tokens.accent, ground) >= 7
            assert contrast(tokens.accent_hover, ground) >= 7
        assert contrast(tokens.on_accent, tokens.accent) >= 7
        assert contrast(tokens.on_accent, tokens.accent_hover) >= 4.5
        assert contrast(tokens.on_door, tokens.door) >= 7
        assert contrast(tokens.on_door, tokens.door_edge) >= 7
        assert contrast(INK_2[scheme], tokens.accent_soft) >= 7
        assert contrast(tokens.moulding, tokens.door) >= 2


@given(st.one_of(colours, deep_colours))
@example(accent="#0484dd")
def test_any_colour_gives_a_readable_palette_or_one_near_it_does(accent: str) -> None:
    pale = min(contrast(accent, ground) for ground in GROUNDS["light"]) < 7
    try:
        found = derive(accent)
    except Refused as refused:
        found = derive(refused.nearest)
    else:
        assert not pale
        assert found.light.accent == accent
    assert_readable(found)


@pytest.mark.parametrize(
    "wrong", ["", "blue", "#12345", "#12345g", "0e4d57", "#0e4d57; } body { display: none"]
)
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(Refused) as refused:
        derive(wrong)
    assert refused.value.reason is Reason.NOT_A_COLOUR
    assert_readable(derive(refused.value.nearest))


def test_a_pale_colour_is_refused_with_its_darker_self() -> None:
    with pytest.raises(Refused) as refused:
        derive("#00a3e0")
    assert refused.value.reason is Reason.TOO_PALE
    assert refused.value.nearest == "#00507a"


def test_the_stylesheet_sets_every_accent_token_in_both_schemes() -> None:
    css = palette.stylesheet(derive("#7a1f3d"))
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    for part in (light, dark):
        assert part.count("--") == len(palette.Tokens.__dataclass_fields__)
    assert light.startswith(":root { --accent: #7a1f3d;")


def test_a_preview_stays_within_its_scope() -> None:
    css = palette.stylesheet(derive("#7a1f3d"), scope=".preview")
    assert ":root" not in css
    assert css.count(".preview {") == 2


def test_the_stylesheet_and_the_palette_know_the_same_grounds(repository: Path) -> None:
    css = (repository / "static/css/tokens.css").read_text()
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    for scheme, part in (("light", light), ("dark", dark)):
        tokens = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", part))
        full = {
            name: value if len(value) == 7 else "#" + "".join(2 * c for c in value[1:])
            for name, value in tokens.items()
        }
        assert (full["paper"], full["surface"], full["sunken"]) == GROUNDS[scheme]
        assert full["ink-2"] == INK_2[scheme]
        for state in ("ok", "warn", "bad"):
            assert all(
                contrast(full[state], ground) >= 7 for ground in (*GROUNDS[scheme], full[f"{state}-soft"])
            )
        for ground in GROUNDS[scheme]:
            assert contrast(full["ink-2"], ground) >= 7
            assert contrast(full["accent"], ground) >= 7
            assert contrast(full["line-strong"], ground) >= 3
    assert re.search(rf"--accent: {palette.DEFAULT};", light)
