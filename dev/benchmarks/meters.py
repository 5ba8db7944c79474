# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What is read off while the add-on works: requests, queries, time on the network."""

import threading
import time
from contextlib import contextmanager

import requests

_WRITES = ("INSERT", "UPDATE", "DELETE")


class Network:
    """The requests that this process made and how long it waited for them.

    :ivar methods: of each request
    :ivar seconds: inside ``requests.Session.send``, which waits for the answer
    """

    def __init__(self):
        self.methods, self.seconds = [], 0.0


@contextmanager
def network():
    """Yield a ``Network`` that counts while the block runs."""
    seen, plain = Network(), requests.Session.send

    def send(session, request, **options):
        seen.methods.append(request.method)
        began = time.perf_counter()
        try:
            return plain(session, request, **options)
        finally:
            seen.seconds += time.perf_counter() - began

    requests.Session.send = send
    try:
        yield seen
    finally:
        requests.Session.send = plain


@contextmanager
def queries():
    """Yield the list of the SQL statements of this thread while the block runs."""
    thread, found = threading.current_thread(), []

    def hook(_cursor, query, _parameters, _start, _delay):
        found.append(query if isinstance(query, str) else query.code)

    thread.query_hooks = (*getattr(thread, "query_hooks", ()), hook)
    try:
        yield found
    finally:
        thread.query_hooks = tuple(h for h in thread.query_hooks if h is not hook)


def writes(statements):
    """Return the tables that statements wrote to, each as often as it was."""
    words = (statement.split(None, 3) for statement in statements)
    return [
        (first[2] if first[0].upper() != "UPDATE" else first[1]).strip('"')
        for first in words
        if first and first[0].upper() in _WRITES
    ]
