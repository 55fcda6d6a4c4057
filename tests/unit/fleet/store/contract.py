"""What a store does, whichever its database is: what is saved comes back, and only the newest owner may save."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from nnlab.database.errors import StoreAway
from nnlab.database.opening import Address
from nnlab.fleet.store import LostOwnership, Save, Store
from nnlab.fleet.store.errors import AlreadyThere
from nnlab.session.checkpoint import Checkpoint
from tests.unit.making import make_session

FULL = Checkpoint(
    document='{"title": "ä"}',
    revision=3,
    running=True,
    next_point_id=9,
    training=b"\x00\xff",
    series=b"\x01",
    course=b"[2, 7]",
    pieces={2: b"two", 7: b"seven"},
)
BARE = Checkpoint(document="{}", revision=1, running=False, next_point_id=1)


class StoreContract:
    """A test of one kind of database derives from this and has a fixture `address`."""

    @pytest.fixture
    def store(self, address: Address) -> Iterator[Store]:
        store = Store(address)
        yield store
        store.close()

    @pytest.mark.parametrize("checkpoint", [FULL, BARE])
    def test_what_is_created_can_be_claimed(self, store: Store, checkpoint: Checkpoint) -> None:
        store.create("v", checkpoint)
        claimed = store.claim("v")
        assert claimed is not None
        assert claimed[1] == checkpoint
        assert type(claimed[1].running) is bool

    def test_a_sessions_checkpoint_survives_the_store_and_its_end(self, store: Store, address: Address) -> None:
        session = make_session()
        session.advance(20)
        term = store.create("v", session.checkpoint())
        session.advance(1)
        store.save("v", term, session.checkpoint())
        store.close()
        again = Store(address)
        claimed = again.claim("v")
        again.close()
        assert claimed is not None
        assert claimed[1] == session.checkpoint()

    def test_a_deleted_session_is_in_doubt_no_more(self, store: Store) -> None:
        term = store.create("v", BARE)
        with pytest.raises(ZeroDivisionError), store.transaction():
            store.save("v", term, FULL)
            raise ZeroDivisionError
        assert store._in_doubt == {"v"}
        store.delete("v")
        assert store._in_doubt == set()

    def test_each_claim_takes_the_session_over_from_whoever_had_it(self, store: Store) -> None:
        terms = [store.create("v", BARE)]
        for _ in range(3):
            claimed = store.claim("v")
            assert claimed is not None
            terms.append(claimed[0])
        assert terms == sorted(set(terms))
        for old in terms[:-1]:
            with pytest.raises(LostOwnership):
                store.save("v", old, FULL)
        assert store.claim("v") == (terms[-1] + 1, BARE)
        store.save("v", terms[-1] + 1, FULL)
        assert store.claim("v") == (terms[-1] + 2, FULL)

    def test_what_is_not_there_is_none_and_cannot_be_saved(self, store: Store) -> None:
        assert store.claim("v") is None
        with pytest.raises(LostOwnership):
            store.save("v", 1, BARE)
        term = store.create("v", BARE)
        store.delete("v")
        assert store.claim("v") is None
        with pytest.raises(LostOwnership):
            store.save("v", term, BARE)

    def test_an_id_is_created_once(self, store: Store) -> None:
        store.create("v", BARE)
        with pytest.raises(AlreadyThere):
            store.create("v", FULL)
        assert store.claim("v") == (2, BARE)

    def test_a_transaction_stores_all_or_nothing(self, store: Store) -> None:
        with store.transaction():
            store.create("v", BARE)
            store.create("w", BARE)
        with pytest.raises(ZeroDivisionError), store.transaction():
            store.save("v", 1, FULL)
            store.delete("w")
            raise ZeroDivisionError
        assert store.claim("v") == (2, BARE)
        assert store.claim("w") == (2, BARE)

    def test_writers_side_by_side_wait_for_each_other(self, store: Store, address: Address) -> None:
        store.create("v", BARE)
        errors: list[BaseException] = []

        def write() -> None:
            mine = Store(address)
            try:
                for _ in range(25):
                    with mine.transaction():
                        claimed = mine.claim("v")
                        assert claimed is not None
                        term, checkpoint = claimed
                        mine.save("v", term, replace(checkpoint, revision=checkpoint.revision + 1))
            except BaseException as error:
                errors.append(error)
            finally:
                mine.close()

        threads = [threading.Thread(target=write) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert store.claim("v") == (3 * 25 + 2, replace(BARE, revision=3 * 25 + 1))

    def test_reading_takes_nothing_away_from_the_owner(self, store: Store) -> None:
        term = store.create("v", BARE)
        assert store.read("v") == (term, BARE)
        store.save("v", term, FULL)
        assert store.read("v") == (term, FULL)
        assert store.read("w") is None

    def test_pieces_are_written_once_and_go_when_they_are_no_longer_named(self, store: Store, address: Address) -> None:
        term = store.create("v", FULL)
        store.save("v", term, replace(FULL, course=b"[7, 8]", pieces={7: b"not written", 8: b"eight"}))
        found = store.read("v")
        assert found is not None
        assert found[1].pieces == {7: b"seven", 8: b"eight"}

    def test_a_series_that_is_left_out_stays_as_it_was(self, store: Store) -> None:
        term = store.create("v", FULL)
        store.save("v", term, replace(FULL, series=None, training=b"on"))
        found = store.read("v")
        assert found is not None
        assert (found[1].series, found[1].training) == (FULL.series, b"on")

    def test_many_are_saved_together_but_for_those_that_others_own(self, store: Store, address: Address) -> None:
        saves = [Save(f"v{number}", store.create(f"v{number}", BARE), FULL) for number in range(50)]
        other = Store(address)
        taken = other.claim("v7")
        assert store.save_all(saves) == {"v7"}
        assert taken is not None and other.read("v7") == (taken[0], BARE)
        other.close()
        assert [store.read(one.view_id) for one in saves if one.view_id != "v7"] == [(1, FULL)] * 49

    def test_many_checkpoints_are_few_statements(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        running = replace(FULL, training=b"t" * 5_000)
        terms = {f"v{number}": store.create(f"v{number}", running) for number in range(50)}
        asked: list[str] = []
        for kind in ("rows", "execute", "execute_many"):
            ask = getattr(store._database, kind)

            def note(statement: str, values: object = (), ask: Callable[[str, object], object] = ask) -> object:
                asked.append(statement)
                return ask(statement, values)

            monkeypatch.setattr(store._database, kind, note)
        for count in range(2):  # the first notes that they have been changed
            asked.clear()
            later = replace(running, training=bytes([count]) * 5_000, series=None)
            store.save_all([Save(view_id, term, later) for view_id, term in terms.items()])
        writes = [one for one in asked if not one.startswith(("SELECT", "BEGIN", "COMMIT"))]
        assert len(asked) <= 6
        assert [one.split(" (")[0] for one in writes] == ["INSERT INTO parts"]

    def test_a_save_whose_end_nobody_heard_is_written_anew(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """It may be stored; the runner has taken it back, and what it makes next bears the same revision."""
        term = store.create("v", FULL)
        commit = store._database._commit

        def commit_and_lose_the_answer() -> None:
            commit()
            raise StoreAway

        lost = replace(FULL, revision=4, document="lost", course=b"", pieces={}, training=None)
        made = replace(FULL, revision=4, document="made", course=b"[2]", pieces={2: b"other"})
        with monkeypatch.context() as patch:
            patch.setattr(store._database, "_commit", commit_and_lose_the_answer)
            with pytest.raises(StoreAway):
                store.save("v", term, lost)
        store.save("v", term, made)
        assert store.read("v") == (term, made)

    def test_who_takes_a_session_over_gets_what_its_owner_is_just_storing(self, store: Store, address: Address) -> None:
        term = store.create("v", BARE)
        found: list[object] = []

        def claim() -> None:
            other = Store(address)
            found.append(other.claim("v"))
            other.close()

        claiming = threading.Thread(target=claim)
        with store.transaction():
            store.save("v", term, FULL)
            claiming.start()
            claiming.join(0.3)
            assert not found
        claiming.join()
        assert found == [(term + 1, FULL)]
        with pytest.raises(LostOwnership):
            store.save("v", term, BARE)
