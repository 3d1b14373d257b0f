"""Cut the fonts of printed papers from those of the site: plain weights that the typesetter can embed.

The typesetter reads neither web fonts nor variable ones. Run by hand after `tools/vendor.py` has fetched
another version: `pip install fonttools brotli`, `python -m tools.print_fonts`, look at a letter, commit.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any, Final

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT: Final = Path(__file__).resolve().parent.parent
SITE: Final = ROOT / "static" / "fonts"
PRINT: Final = ROOT / "handtag" / "papers" / "fonts"
REGULAR, BOLD = 400, 700

# Source, family, weights. A family each: the typesetter goes through families, not through files of one.
CUT: Final = (
    ("atkinson-hyperlegible-next-latin", "Atkinson Hyperlegible Next", (REGULAR, BOLD)),
    ("atkinson-hyperlegible-next-latin-ext", "Atkinson Hyperlegible Next Ext", (REGULAR, BOLD)),
    ("noto-sans-cyrillic", "Noto Sans Cyrillic", (REGULAR, BOLD)),
    ("noto-sans-arabic", "Noto Sans Arabic", (REGULAR,)),
)


def main() -> int:
    """Write the fonts, their hashes, and which letters they hold."""
    files: dict[str, str] = {}
    sources: dict[str, str] = {}
    letters: set[int] = set()
    for source, family, weights in CUT:
        web = SITE / f"{source}.woff2"
        sources[web.name] = _hash(web)
        for weight in weights:
            font = _cut(web, family, weight)
            target = PRINT / f"{source}-{weight}.ttf"
            font.save(target, reorderTables=False)
            files[target.name] = _hash(target)
            letters |= set(font.getBestCmap())
    lock = {"sources": sources, "files": files, "letters": _ranges(letters)}
    (PRINT / "fonts.json").write_text(json.dumps(lock, indent=1) + "\n")
    return 0


def _cut(web: Path, family: str, weight: int) -> Any:
    font = TTFont(web, recalcTimestamp=False)
    if "fvar" in font:
        font = instancer.instantiateVariableFont(font, {"wght": weight})
    font.flavor = None
    style = "Bold" if weight == BOLD else "Regular"
    names = font["name"]
    names.names = [one for one in names.names if one.nameID in (0, 13, 14)]
    full = f"{family} {style}"
    for number, words in ((1, family), (2, style), (4, full), (6, full.replace(" ", ""))):
        names.setName(words, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 0x20 if weight == BOLD else 0x40
    font["head"].macStyle = 1 if weight == BOLD else 0
    if "STAT" in font:
        del font["STAT"]
    return font


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _ranges(letters: set[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for letter in sorted(letters):
        if found and letter == found[-1][1] + 1:
            found[-1][1] = letter
        else:
            found.append([letter, letter])
    return found


if __name__ == "__main__":
    sys.exit(main())
