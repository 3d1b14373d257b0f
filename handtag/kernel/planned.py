"""Questions that PostgreSQL plans once for a connection, and lists given to a question as one value.

A question that looks up few rows in many tables is answered sooner than it is planned. Elsewhere than in
PostgreSQL both do what an ordinary question does.
"""

from collections.abc import Iterable
from json import dumps
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Func
from psycopg import RawCursor


def is_kept(vendor: str) -> bool:
    """Whether this database keeps plans."""
    return vendor == "postgresql"


def numbered(sql: str, names: Iterable[Any]) -> tuple[str, list[int]]:
    """The words with numbered places, each name but one number; and at which place each number is first."""
    numbers: dict[Any, int] = {}
    first: list[int] = []
    pieces = sql.split("%s")
    told = [pieces[0]]
    for place, (name, piece) in enumerate(zip(names, pieces[1:], strict=True)):
        if name not in numbers:
            numbers[name] = len(first) + 1
            first.append(place)
        told += (f"${numbers[name]}", piece)
    return "".join(told).replace("%%", "%"), first


def cursor(db: Any) -> Any:
    """A cursor of PostgreSQL that keeps the plan of all it is asked; its words have numbered places."""
    db.ensure_connection()
    db.connection.prepare_threshold = 0  # without a number none of them is kept
    return db._prepare_cursor(Kept(db.connection))


class Kept(RawCursor[Any]):
    """Values travel apart from the words, rows come as bytes, and the plan is kept."""

    def execute(self, query: Any, params: Any = None, **_more: Any) -> Any:
        """Ask."""
        return super().execute(query, params, prepare=True, binary=True)


class OneOf(Func):
    """Whether something is one of a list that is given whole: the question is the same however long it is."""

    output_field = BooleanField()
    arity = 2

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """As PostgreSQL looks through an array, by an index where there is one."""
        of = self.get_source_expressions()[0].output_field.cast_db_type(connection)
        whole, joiner = f"%(expressions)s)::{of}[])", " = ANY(("
        return self.as_sql(compiler, connection, template=whole, arg_joiner=joiner, **more)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """As SQLite looks through a list written as JSON."""
        joiner = " IN (SELECT value FROM json_each("
        return self.as_sql(compiler, connection, template="%(expressions)s))", arg_joiner=joiner, **more)


def whole(values: Iterable[Any], vendor: str) -> str:
    """A list as this database takes it."""
    plain = [each.hex if isinstance(each, UUID) else each for each in values]
    return f"{{{','.join(map(str, plain))}}}" if is_kept(vendor) else dumps(plain)
