# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A machine made ready: Odoo's sources, Python's packages, PostgreSQL, the link."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from . import environment, sources
from .odoo_process import OdooProcess
from .places import ROOT, places
from .postgres import Cluster, install_programs
from .shell import locked


def prepare():
    """Make Odoo's sources and the virtual environment; return (places, sources)."""
    where = places()
    with locked(where.cache / "setup-lock"):
        odoo = sources.find(where)
        environment.create(where, odoo)
        _link(where)
    return where, odoo


@contextmanager
def meanwhile(*tasks):
    """Run functions while the block runs; what fails in one is raised at its end."""
    with ThreadPoolExecutor(len(tasks) or 1) as pool:
        running = [pool.submit(task) for task in tasks]
        yield
        for one in running:
            one.result()


@contextmanager
def ready(prepared=None):
    """Yield an ``OdooProcess`` on a running PostgreSQL.

    :param prepared: what ``prepare`` returned, when it was called before
    """
    where, odoo = prepared or prepare()
    with locked(where.cache / "setup-lock"):
        cluster = Cluster(where.postgres, install_programs())
        cluster.create()
    with cluster.running():
        yield OdooProcess(where, odoo, cluster)


def _link(where):
    """Give the checkout the name that Odoo must see."""
    where.addons.mkdir(parents=True, exist_ok=True)
    if not where.link.is_symlink():
        where.link.symlink_to(ROOT, target_is_directory=True)
