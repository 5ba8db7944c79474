# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's server is killed; started again, it ends what it began, and no more.

``dev/kill`` says how many instants there are, and from which seed.
"""

# What it prints is read while it runs. pylint: disable=print-used

import json
import os

import pytest

from ...dev.lib.machine import ready
from .instants import instants
from .stage import Stage

ASKED = json.loads(os.environ["OUTLOOK_CALENDAR_KILL"])
# In the order in which the changes are sent: method, path, and how many pass before.
REQUESTS = (
    ("PATCH", r"/events/", 9),
    ("POST", r"/events$", 1),  # a meeting with guests
    ("POST", r"/events$", 59),  # a series with guests
    ("DELETE", r"/events/", 3),
    ("POST", r"/accept$", 0),
    ("POST", r"/decline$", 0),
)


@pytest.fixture(scope="module")
def stage():
    print(f"Instants of seed {ASKED['seed']}: --seed {ASKED['seed']} repeats them.")
    with ready() as process:
        folder = process.places.output / "kill"
        folder.mkdir(parents=True, exist_ok=True)
        with Stage(process, ASKED["database"], folder).ready() as made:
            for name, played in made.scenarios.items():
                print(f"{name}: {played.seconds:.1f} s, {played.requests} requests")
            yield made


def show(number, text):
    """Print how one instant ended; ``dev/kill`` shows it at once."""
    print(f"\n{number}: {text}", flush=True)


@pytest.mark.parametrize(
    "number, instant", enumerate(instants(ASKED["times"], ASKED["seed"]), 1)
)
def test_problem_10_killed_at_any_instant(stage, number, instant):
    reached, wrong = stage.play(instant, f"{number}")
    total = stage.scenarios[instant.scenario].requests
    where = f"{instant}, after {reached} of {total} requests"
    show(number, f"{where}: {'; '.join(wrong) or 'equal'}")
    assert not wrong, "\n".join([where, *wrong])


def test_problem_10_killed_before_each_kind_of_answer(stage):
    """One after the other: what Microsoft did is found, nothing is done twice."""
    wrong = stage.play_unanswered("push", REQUESTS)
    show("unanswered", "; ".join(wrong) or "equal")
    assert not wrong, "\n".join(wrong)
