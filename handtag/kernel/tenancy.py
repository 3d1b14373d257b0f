"""The first wall between municipalities: a query of a tenant table must say whose rows it wants."""

from collections.abc import Iterable
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models

M = TypeVar("M", bound=models.Model)


class TenantNotSaid(RuntimeError):
    """A query over a tenant table did not say whose rows it wants: a fault in the code."""


class TenantQuerySet(models.QuerySet[M]):
    """Refuses to run until it is said which municipality's rows are meant."""

    _said = False

    def of(self, municipality_id: UUID | None) -> Self:
        """Only this municipality's rows."""
        if municipality_id is None:
            raise TenantNotSaid(f"{self.model.__name__}: of which municipality?")
        chosen = self.filter(municipality_id=municipality_id)
        chosen._said = True
        return chosen

    def across(self, municipality_ids: Iterable[UUID]) -> Self:
        """The rows of several municipalities, each of them named: a partnership's, or a person's own."""
        chosen = self.filter(municipality_id__in=list(municipality_ids))
        chosen._said = True
        return chosen

    def everywhere(self) -> Self:
        """All rows: for the worker, for upkeep, for what a person holds in all towns."""
        chosen = self.all()
        chosen._said = True
        return chosen

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]  # not in the stubs
        clone._said = self._said
        return clone

    def _add_hints(self, **hints: Any) -> None:
        # Asked through a row already loaded (`ask.occasions`): that row was found inside its walls.
        super()._add_hints(**hints)  # type: ignore[misc]  # not in the stubs
        if "instance" in hints:
            self._said = True

    def must_be_said(self) -> None:
        """Raise TenantNotSaid where it is not yet said whose rows are meant."""
        if not self._said:
            raise TenantNotSaid(f"{self.model.__name__}: say .of(municipality) first")

    def _fetch_all(self) -> None:
        self.must_be_said()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self.must_be_said()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self.must_be_said()
        return super().count()

    def exists(self) -> bool:
        self.must_be_said()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.must_be_said()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self.must_be_said()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.must_be_said()
        return super().delete()

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        self.must_be_said()
        return super().resolve_expression(*args, **kwargs)


class TenantManager(models.Manager[M]):
    """The manager of every table whose rows belong to one municipality."""

    def get_queryset(self) -> TenantQuerySet[M]:
        return TenantQuerySet(self.model, using=self._db)

    def of(self, municipality_id: UUID | None) -> TenantQuerySet[M]:
        """Only this municipality's rows."""
        return self.get_queryset().of(municipality_id)

    def across(self, municipality_ids: Iterable[UUID]) -> TenantQuerySet[M]:
        """The rows of several named municipalities."""
        return self.get_queryset().across(municipality_ids)

    def everywhere(self) -> TenantQuerySet[M]:
        """All rows, for those purposes that `TenantQuerySet.everywhere` names."""
        return self.get_queryset().everywhere()
