"""What a store asks of its database, whichever it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from nnlab.database.errors import StoreError

Row = tuple[Any, ...]
Values = Sequence[Any]


class Database(ABC):
    """One connection, for one thread at a time. `?` stands for a value in every statement.

    Everything raises StoreError when the database does not do what it should; nothing has been written then.
    """

    beginning: ClassVar[str]  # of a transaction that writes
    reading_only: ClassVar[str]  # the beginning of one that does not
    holding: ClassVar[str]  # ends a SELECT whose rows nobody else may change until the transaction ends
    in_transaction = False

    @abstractmethod
    def rows(self, statement: str, values: Values = ()) -> list[Row]:
        """All rows of a statement's answer."""

    @abstractmethod
    def execute(self, statement: str, values: Values = ()) -> int:
        """Carry out a statement; how many rows it has changed."""

    @abstractmethod
    def execute_many(self, statement: str, values: Sequence[Values]) -> None:
        """Carry out a statement for each of these values, in few messages."""

    @abstractmethod
    def hindrance(self) -> StoreError | None:
        """What would keep a write from beginning at this moment; found out without waiting.

        For a connection that does nothing else.
        """

    @abstractmethod
    def shrink(self, pages: int) -> None:
        """Give up to so many free pages back to the file system; the rest stays for what is written next."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the connection."""

    @contextmanager
    def transaction(self, *, must_last: bool = True) -> Iterator[None]:
        """All writes inside are stored together, or none; one inside another is a part of it.

        What need not last is lost when the database server, or the power, is lost within a second of its end.
        """
        if self.in_transaction:
            yield
            return
        self._begin(self.beginning)
        self.in_transaction = True
        try:
            yield
            if not must_last:
                self._relax()
            self._commit()
        except BaseException:
            self._roll_back()
            raise
        finally:
            self.in_transaction = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is of one moment. Needs no right to write."""
        if self.in_transaction:
            yield
            return
        self._begin(self.reading_only)
        self.in_transaction = True
        try:
            yield
        finally:
            try:
                self._roll_back()
            finally:
                self.in_transaction = False

    def _begin(self, statement: str) -> None:
        self.execute(statement)

    @abstractmethod
    def _relax(self) -> None:
        """Have the end of this transaction wait for no disk."""

    def _commit(self) -> None:
        self.execute("COMMIT")

    @abstractmethod
    def _roll_back(self) -> None:
        """Undo what was written, if that is still to be done."""
