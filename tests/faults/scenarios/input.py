"""Requests that break a rule of HTTP, of JSON or of the document: refused with a 4xx, and nothing is changed."""

from __future__ import annotations

from tests.faults.table import Outcome, scenario
from tests.faults.tools import SESSIONS, status_of
from tests.load.__main__ import make_session
from tests.serving import Server

UNKNOWN_CODING = 501  # RFC 9112, 6.1: what to answer to a transfer coding that one does not know
JSON = b"Content-Type: application/json\r\n"
CHUNKED = JSON + b"Transfer-Encoding: chunked\r\n"
HOST = b"Host: localhost\r\n"


def post(path: str, head: bytes, body: bytes, *, host: bytes = HOST, method: bytes = b"POST") -> bytes:
    """The bytes of a request."""
    return b"%s %s HTTP/1.1\r\n%s%sConnection: close\r\n\r\n%s" % (method, path.encode(), host, head, body)


def sized(body: bytes) -> bytes:
    """The head of a JSON body."""
    return JSON + b"Content-Length: %d\r\n" % len(body)


def bad_requests(path: str) -> dict[str, bytes]:
    """Each with what is wrong about it."""
    title = b'{"title": "changed"}'
    twice = b'{"title": "a", "title": "changed"}'
    patch = {"method": b"PATCH"}
    return {
        "chunk size zz": post(path, CHUNKED, b"zz\r\n" + title + b"\r\n0\r\n\r\n", **patch),
        "cut chunk": post(path, CHUNKED, b"40\r\n" + title, **patch),
        "cut body": post(path, JSON + b"Content-Length: 4000\r\n", title, **patch),
        "false Transfer-Encoding": post(path, JSON + b"Transfer-Encoding: cake\r\n", title, **patch),
        "two lengths": post(path, JSON + b"Content-Length: 3\r\nContent-Length: 20\r\n", title, **patch),
        "no Host": post(path, sized(title), title, host=b"", **patch),
        "foreign Host": post(path, sized(title), title, host=b"Host: evil.example\r\n", **patch),
        "foreign Origin": post(path, sized(title) + b"Origin: http://evil.example\r\n", title, **patch),
        "a head of 1 MB": post(path, sized(title) + b"X: " + b"a" * 2**20 + b"\r\n", title, **patch),
        "an address of 64 KB": post(path + "?" + "a" * 2**16, sized(title), title, **patch),
        "a body of 1 MB": post(path, sized(b" " * 2**20), b" " * 2**20, **patch),
        "100,000 brackets": post(path, sized(b"[" * 100_000), b"[" * 100_000, **patch),
        "a key twice": post(path, sized(twice), twice, **patch),
    }


@scenario("refused", bound="every answer a 4xx, document unchanged")
def broken_requests(server: Server) -> Outcome:
    """13 requests that break HTTP, JSON or the document, each with a change of the title in it."""
    path = f"{SESSIONS}/{make_session(server, 1)}"
    server.post(f"{path}/pause")
    before = server.get(path)["document"]
    statuses = {name: refusal(server, said) for name, said in bad_requests(path).items()}
    odd = [f"{name}: {status or 'no answer'}" for name, status in statuses.items() if not is_refusal(status)]
    changed = server.get(path)["document"] != before
    happened = f"{len(statuses) - len(odd)} refused; {', '.join(odd) or 'none else'}{'; CHANGED' if changed else ''}"
    return Outcome(happened, not odd and not changed)


@scenario("refused", bound="200; the document has the title without controls")
def harmless_requests(server: Server) -> Outcome:
    """A title with NUL and a control of direction in it, sent with a header SCRIPT_NAME: odd, but clear."""
    path = f"{SESSIONS}/{make_session(server, 1)}"
    odd = b'{"title": "a\\u0000b\\u202ec"}'
    status = refusal(server, post(path, sized(odd) + b"SCRIPT_NAME: /elsewhere\r\n", odd, method=b"PATCH"))
    title = server.get(path)["document"]["title"]
    return Outcome(f"{status}; the title is now {title!a}", status == 200 and title.isprintable())


def is_refusal(status: int) -> bool:
    """Whether the status says that the request is at fault."""
    return 400 <= status < 500 or status == UNKNOWN_CODING


def refusal(server: Server, said: bytes) -> int:
    """The status of the answer; 0 if the connection is cut instead."""
    try:
        return status_of(server, said)
    except OSError:
        return 0
