"""Replies that are given again under the key of their request."""

from __future__ import annotations

import pytest

from nnlab.session.replies import MOST_BYTES, MOST_REPLIES, KeyReused, Replies, reply_in


def test_a_key_that_is_new_has_no_reply() -> None:
    assert Replies().find("key", "print") is None


def test_a_reply_is_found_by_its_key_after_a_rest_too() -> None:
    replies = Replies()
    replies.record("key", "print", {"revision": 3, "snapshot": {"loss": None, "message": "Ä"}})
    replies.record("other", "print", None)
    for known in (replies, Replies(replies.contents())):
        found = known.find("key", "print")
        assert found is not None
        assert reply_in(found) == {"revision": 3, "snapshot": {"loss": None, "message": "Ä"}}
        assert reply_in(known.find("other", "print") or b"") is None


def test_a_key_with_another_request_is_refused() -> None:
    replies = Replies()
    replies.record("key", "print", {})
    with pytest.raises(KeyReused, match="new for each request"):
        replies.find("key", "another print")


def test_the_oldest_replies_go_first() -> None:
    replies = Replies()
    for number in range(MOST_REPLIES + 1):
        replies.record(f"{number}", "print", number)
    assert replies.find("0", "print") is None
    assert replies.find("1", "print") is not None
    assert len(replies.contents()) == MOST_REPLIES


def test_large_replies_go_sooner_and_the_newest_stays() -> None:
    replies = Replies()
    for number in range(10):
        replies.record(f"{number}", "print", [hash((number, i)) for i in range(5_000)])
        assert len(replies.contents()) == 1 or sum(map(len, replies.contents())) <= MOST_BYTES
        assert replies.find(f"{number}", "print") is not None
    assert len(replies.contents()) < 10
