# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's server is killed; started again, it ends what it began, and no more.

``dev/kill`` says how many instants there are, from which seed, and how many of them
in one play.
"""

# What it prints is read while it runs. pylint: disable=print-used

import json
import os

import pytest

from ...dev.lib.machine import ready
from .instants import plays
from .stage import Stage

ASKED = json.loads(os.environ["OUTLOOK_CALENDAR_KILL"])
# In the order in which the changes are sent: method, path, and how many pass before.
REQUESTS = (
    ("DELETE", r"/events/", 3),
    ("POST", r"/accept$", 0),
    ("POST", r"/decline$", 0),
    ("POST", r"/events$", 1),  # a meeting with guests
    ("PATCH", r"/events/", 9),
    ("POST", r"/events$", 1),  # a series with guests
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
    "number, instants",
    [*enumerate(plays(ASKED["times"], ASKED["seed"], ASKED["each"]), 1)],
    ids=lambda value: value if isinstance(value, int) else value[0].scenario,
)
def test_problem_10_killed_at_any_instant(stage, number, instants):
    name = instants[0].scenario
    reached, wrong = stage.play(name, instants, f"{number}")
    total = stage.scenarios[name].requests
    where = ", ".join(
        f"{count} ({one.way})" for one, count in zip(instants, reached, strict=True)
    )
    where = f"{name}, killed after requests {where} of {total}"
    show(number, f"{where}: {'; '.join(wrong) or 'equal'}")
    assert not wrong, "\n".join([where, *wrong])


def test_problem_10_killed_before_each_kind_of_answer(stage):
    """One after the other: what Microsoft did is found, nothing is done twice."""
    wrong = stage.play_unanswered("push", REQUESTS)
    show("unanswered", "; ".join(wrong) or "equal")
    assert not wrong, "\n".join(wrong)
