"""Questions and new rows put together once: their SQL, kept, with holes for what changes each time.

On a page that many open, putting the SQL together costs several times what the database needs to answer it
(docs/performance.md, docs/adr/0023). The question itself stays an ordinary query set, walls included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models import Expression, QuerySet
from django.db.models.query import get_related_populators

from handtag.kernel import planned

SHAPES_KEPT = 256

M = TypeVar("M", bound=models.Model)


class Hole(Expression):
    """A value that is given when the question is asked."""

    is_list = False

    def __init__(self, name: str, output_field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """The hole itself stands where its value will."""
        return "%s", [self]

    def value(self, given: Any) -> Any:
        """What is given, as this database takes it."""
        return self.output_field.get_db_prep_value(given, connection)


class ListHole(Hole):
    """A list that is given as one value, for `planned.OneOf`."""

    is_list = True

    def value(self, given: Any) -> Any:
        """What is given, as this database takes a list."""
        return planned.whole(given, connection.vendor)


def a_list(name: str) -> Any:
    """A hole for a list, of ids or of whole numbers, however long."""
    return ListHole(name, models.TextField())


def an_id(name: str) -> Any:
    """A hole for an id."""
    return Hole(name, models.UUIDField())


def ids(name: str, count: int) -> list[Any]:
    """Holes for so many ids, given as a list under one name."""
    return [Hole(f"{name}.{number}", models.UUIDField()) for number in range(count)]


def a_number(name: str) -> Any:
    """A hole for a number."""
    return Hole(name, models.FloatField())


def a_whole(name: str) -> Any:
    """A hole for a whole number."""
    return Hole(name, models.IntegerField())


def a_long(name: str) -> Any:
    """A hole for a whole number of 64 bits."""
    return Hole(name, models.BigIntegerField())


def wholes(name: str, count: int) -> list[Any]:
    """Holes for so many whole numbers, given as a list under one name."""
    return [Hole(f"{name}.{number}", models.IntegerField()) for number in range(count)]


def a_moment(name: str) -> Any:
    """A hole for a moment."""
    return Hole(name, models.DateTimeField())


def a_day(name: str) -> Any:
    """A hole for a day."""
    return Hole(name, models.DateField())


def a_text(name: str) -> Any:
    """A hole for a text."""
    return Hole(name, models.CharField())


@dataclass(frozen=True, slots=True)
class _Written:
    """The SQL of a question, its parameters with holes, and how its answer is read."""

    sql: str
    params: tuple[Any, ...]
    numbered_sql: str
    numbered_params: tuple[Any, ...]
    converters: tuple[tuple[int, list[Callable[..., Any]], Any], ...]
    shown: slice
    read: Callable[[tuple[Any, ...]], Any]
    holds: bool

    @property
    def is_plain(self) -> bool:
        """Whether a row is told as it comes."""
        return self.read is tuple and not self.converters


class Prepared:
    """A question put together once for each shape it has; `build` gets the shape and leaves the holes.

    What a query set gives comes back: tuples for `values_list`, else objects. A shape is whatever changes the
    SQL itself: how many ids, which languages. The `SHAPES_KEPT` last used are kept. With `is_planned`,
    PostgreSQL keeps its plan too: for one that is dearer to plan than to answer.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]], *, is_planned: bool = False) -> None:
        self._is_planned = is_planned
        self._written = lru_cache(SHAPES_KEPT)(lambda vendor, *shape: _write(build(*shape)))

    def ask(self, *shape: Any, **given: Any) -> list[Any]:
        """The answer, with what is given in the holes; KeyError where a hole got nothing."""
        written = self._written(connection.vendor, *shape)
        if written is None:
            return []
        if written.holds and not connection.in_atomic_block:
            raise transaction.TransactionManagementError("rows are held in a transaction alone")
        if self._is_planned and planned.is_kept(connection.vendor):
            rows = _kept(written, given)
            if written.is_plain:
                return rows
        else:
            with connection.cursor() as cursor:
                cursor.execute(written.sql, [_filled(each, given) for each in written.params])
                rows = cursor.fetchall()
        return [written.read(row) for row in _converted(written, rows)]

    def first(self, *shape: Any, **given: Any) -> Any:
        """The first of the answer, or None."""
        return next(iter(self.ask(*shape, **given)), None)


def _filled(param: Any, given: dict[str, Any]) -> Any:
    return param.value(_given(param.name, given)) if isinstance(param, Hole) else param


def _given(name: str, given: dict[str, Any]) -> Any:
    name, _dot, number = name.partition(".")
    return given[name][int(number)] if number else given[name]


def _kept(written: _Written, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows, by a plan that is kept; what is given goes as it is, for the driver knows its kind."""
    params = [
        (planned.whole(given[each.name], "postgresql") if each.is_list else _given(each.name, given))
        if isinstance(each, Hole)
        else each
        for each in written.numbered_params
    ]
    with planned.cursor(connections[DEFAULT_DB_ALIAS]) as cursor:
        cursor.execute(written.numbered_sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _write(asked: QuerySet[Any]) -> _Written | None:
    """Put the SQL together; None for a question whose answer is empty whatever is given."""
    said = getattr(asked, "must_be_said", None)
    if said is not None:
        said()
    compiler = asked.query.get_compiler(connection.alias)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    columns = [column[0] for column in compiler.select[: compiler.col_count]]
    found = compiler.get_converters(list(filter(_is_converted, columns)))
    found = {columns.index(column): (converters, column) for converters, column in found.values()}
    names = [each.name if isinstance(each, Hole) else object() for each in params]
    numbered_sql, first = planned.numbered(sql, names)
    return _Written(
        sql=sql,
        params=tuple(params),
        numbered_sql=numbered_sql,
        numbered_params=tuple(params[place] for place in first),
        converters=tuple((place, list(converters), column) for place, (converters, column) in found.items()),
        shown=slice(0, compiler.col_count),
        holds=asked.query.select_for_update,
        read=tuple if asked._fields is not None else _reader(compiler),  # type: ignore[attr-defined]  # not in the stubs
    )


def _is_converted(column: Any) -> bool:
    """PostgreSQL gives whole numbers and floats as what they are."""
    as_it_is = isinstance(column.output_field, models.IntegerField | models.FloatField)
    return not as_it_is or connection.vendor != "postgresql"


def _converted(written: _Written, rows: list[tuple[Any, ...]]) -> Iterable[Any]:
    if not written.converters:
        return (row[written.shown] for row in rows)
    return _each_converted(written, rows)


def _each_converted(written: _Written, rows: list[tuple[Any, ...]]) -> Iterator[Any]:
    for row in rows:
        values = list(row[written.shown])
        for place, converters, column in written.converters:
            value = values[place]
            for convert in converters:
                value = convert(value, column, connection)
            values[place] = value
        yield values


def _reader(compiler: Any) -> Callable[[Any], models.Model]:
    """Makes an object of a row, with those it was asked to bring along and what was annotated."""
    info, select, annotated = compiler.klass_info, compiler.select, compiler.annotation_col_map
    start, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[start:end]]
    related = get_related_populators(info, select, connection.alias)  # type: ignore[call-arg]  # stubs of a later Django

    def read(row: Any) -> models.Model:
        made: models.Model = info["model"].from_db(connection.alias, names, row[start:end])
        for each in related:
            each.populate(row, made)
        for name, place in annotated.items():
            setattr(made, name, row[place])
        return made

    return read


def insert(row: M) -> M:
    """Write one new row, as `save(force_insert=True)` does; its id is its own, and no database adds to it."""
    sql, fields = _insertion(connection.vendor, type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(sql, values)
    row._state.adding, row._state.db = False, connection.alias
    return row


@lru_cache
def _insertion(vendor: str, model: type[models.Model]) -> tuple[str, list[models.Field[Any, Any]]]:
    fields: list[models.Field[Any, Any]] = list(model._meta.local_concrete_fields)
    if any(isinstance(field, models.AutoField) or field.has_db_default() for field in fields):
        raise TypeError(f"{model.__name__}: the database would have to tell what it has written")
    columns, holes = ", ".join(map(_column, fields)), ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {_table(model)} ({columns}) VALUES ({holes})", fields  # noqa: S608 (names of our own)


def update_each(model: type[M], columns: tuple[str, ...], rows: dict[Any, tuple[Any, ...]]) -> None:
    """Give each row, by its id, values of its own in these columns: the statement is put together once."""
    fields: list[Any] = [*(model._meta.get_field(name) for name in columns), model._meta.pk]
    sets = ", ".join(f"{_column(field)} = %s" for field in fields[:-1])
    sql = f"UPDATE {_table(model)} SET {sets} WHERE {_column(fields[-1])} = %s"  # noqa: S608 (as above)
    given = [
        [field.get_db_prep_save(value, connection) for field, value in zip(fields, (*row, pk), strict=True)]
        for pk, row in rows.items()
    ]
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.executemany(sql, given)


def _table(model: type[models.Model]) -> str:
    return str(connection.ops.quote_name(model._meta.db_table))


def _column(field: models.Field[Any, Any]) -> str:
    return str(connection.ops.quote_name(str(field.column)))
