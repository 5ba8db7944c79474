# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The database that a run of tests works on."""

import os
from contextlib import contextmanager

from .places import NAME
from .template import BUILD_PAGES, template

PEER = ("microsoft_calendar",)


class TestDatabase:
    """A database with the add-on, made when somebody asks for it.

    :param name: one that the person named: it is kept, and updated when it was there
        before; without a name it is made for this run and removed afterwards
    """

    def __init__(self, process, name=None):
        self.process, self.is_kept = process, bool(name)
        self._name, self._is_ready = name or f"test_{os.getpid()}", False

    def installed(self):
        """Return the name of the database, with the add-on of this checkout in it."""
        if not self._is_ready:
            there = self._name in self.process.cluster.names()
            if not there:
                self.process.cluster.copy(template(self.process), self._name)
            self._is_ready = True
            self.process.install(self._name, (NAME,), update=(NAME,) if there else ())
        return self._name

    def installed_with_pages(self):
        """Return the same, with what the web client loads built already."""
        name = self.installed()
        build_pages(self.process, name)
        return name

    def close(self):
        """Remove a database that was made for this run."""
        if self._is_ready and not self.is_kept:
            self.process.cluster.drop(self._name)


def build_pages(process, name):
    """Build the scripts and styles of the web client in a database, once.

    Or each test in a browser builds them anew, and loses them with what it wrote.
    """
    process.script(name, BUILD_PAGES, f"Building the pages of {name}")


@contextmanager
def database(process, name=None):
    """Yield a ``TestDatabase`` and tidy up after it."""
    made = TestDatabase(process, name)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def peer_database(process):
    """Yield the name of a database with Odoo's own module and without the add-on.

    It is made for one run and removed afterwards.
    """
    name = f"peer_{os.getpid()}"
    process.cluster.copy(template(process, PEER), name)
    try:
        yield name
    finally:
        process.cluster.drop(name)


@contextmanager
def shared_database(process):
    """Yield the name of a database with Odoo's own module and the add-on beside it."""
    with peer_database(process) as name:
        process.install(name, (NAME,))
        build_pages(process, name)
        yield name


@contextmanager
def copied_database(process, source):
    """Yield the name of a copy, for tests whose changes stay; removed afterwards."""
    name = f"workers_{os.getpid()}"
    process.cluster.copy(source, name)
    try:
        yield name
    finally:
        process.cluster.drop(name)
