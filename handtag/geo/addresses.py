"""A municipality's own list of addresses, as CSV: read, check, and say which line is wrong."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from handtag.geo import sweref
from handtag.geo.errors import AT_ONCE, GeoProblem, plain, refuse
from handtag.geo.points import Point

MOST_BYTES = 30_000_000
LONGEST = 200

_COLUMNS = {
    "address": ("address", "adress", "adressplats", "gatuadress"),
    "lon": ("lon", "long", "lng", "longitude", "longitud"),
    "lat": ("lat", "latitude", "latitud"),
    "easting": ("e", "east", "easting", "öst", "ost"),
    "northing": ("n", "north", "northing", "nord", "norr"),
}
_KNOWN = {word: column for column, words in _COLUMNS.items() for word in words}


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """An address as the municipality writes it, and where it is."""

    text: str
    point: Point


def parse(data: bytes) -> list[Address]:
    """The addresses of a file, each once, in its order; or what is wrong with which lines.

    The first line names the columns: address, and lon and lat (degrees) or E and N (SWEREF 99 TM, metres).
    """
    if len(data) > MOST_BYTES:
        raise GeoProblem(
            "too_large",
            gettext_noop("The file is larger than %(most)s MB. Leave out columns that are not needed."),
            most=MOST_BYTES // 1_000_000,
        )
    found: dict[Address, None] = {}
    problems: list[GeoProblem] = []
    for line, row in _rows(_text(data)):
        try:
            found[_address(line, row)] = None
        except GeoProblem as problem:
            problems.append(problem)
            if len(problems) == AT_ONCE:
                break
    refuse(problems)
    if not found:
        raise GeoProblem("empty", gettext_noop("The file has no addresses below its first line."))
    return list(found)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")  # as older Excel writes it; every byte is a character there


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line below the first, with its number, as known columns."""
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=head.count))
    columns = [_KNOWN.get(word.strip().casefold(), "") for word in next(reader, [])]
    _check_columns(columns)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row = zip(columns, cells, strict=False)
                yield reader.line_num, {column: cell.strip() for column, cell in row if column}
    except csv.Error as fault:
        raise GeoProblem(
            "not_csv",
            gettext_noop("Line %(line)s cannot be read as CSV. Save the file again as CSV in UTF-8."),
            line=reader.line_num,
        ) from fault


def _check_columns(columns: list[str]) -> None:
    known = set(columns)
    if "address" in known and (known >= {"lon", "lat"} or known >= {"easting", "northing"}):
        return
    raise GeoProblem(
        "columns",
        gettext_noop(
            "Line 1 must name the columns: “address”, and either “lon” and “lat” (degrees) "
            "or “E” and “N” (SWEREF 99 TM, metres)."
        ),
    )


def _address(line: int, row: Mapping[str, str]) -> Address:
    text = plain(row.get("address", ""))
    if not text or len(text) > LONGEST:
        raise GeoProblem(
            "address",
            gettext_noop("Line %(line)s: the address is empty or longer than %(most)s characters."),
            line=line,
            most=LONGEST,
        )
    try:
        return Address(text, _point(line, row))
    except GeoProblem as problem:
        if "line" in problem.params:
            raise
        raise GeoProblem(
            problem.code,
            gettext_noop(
                "Line %(line)s (%(address)s) is not in Sweden. Check its position: %(lon)s, %(lat)s."
            ),
            line=line,
            address=text,
            **problem.params,
        ) from problem


def _point(line: int, row: Mapping[str, str]) -> Point:
    if row.get("lon") and row.get("lat"):
        return Point(_number(line, row["lon"]), _number(line, row["lat"]))
    easting, northing = _number(line, row.get("easting", "")), _number(line, row.get("northing", ""))
    if not (0 < easting < 2_000_000 and 5_000_000 < northing < 9_000_000):
        raise GeoProblem(
            "plane",
            gettext_noop(
                "Line %(line)s: E %(easting)s, N %(northing)s is not SWEREF 99 TM. "
                "In Sweden E has six digits, N seven."
            ),
            line=line,
            easting=f"{easting:g}",
            northing=f"{northing:g}",
        )
    lon, lat = sweref.unproject(easting, northing)
    return Point(round(lon, 7), round(lat, 7))


def _number(line: int, cell: str) -> float:
    try:
        value = float(cell.replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except ValueError:
        value = float("nan")
    if value != value:  # also what people write as "nan"
        raise GeoProblem(
            "number",
            gettext_noop("Line %(line)s: “%(cell)s” is no number. Write for example 12.694 or 12,694."),
            line=line,
            cell=cell[:40],
        )
    return value
