# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Runs the model, and tells what a failing example did."""

from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from .machine import Both, Repeating

STEPS = 26


@dataclass
class Tally:
    """What was run."""

    examples: int = 0
    steps: int = 0


class _Example:
    """An example that leaves no trace."""

    def __init__(self, stage, tally):
        self._tally, self._example = tally, stage.example()
        self._example.__enter__()
        super().__init__(stage)

    def teardown(self):
        """Bring both sides to rest, compare, count, and take everything back."""
        try:
            self.settle()
        finally:
            self._tally.examples += 1
            self._tally.steps += self.steps
            self._example.__exit__(None, None, None)


class Single(_Example, Both, RuleBasedStateMachine):
    """Single meetings."""


class Series(_Example, Repeating, RuleBasedStateMachine):
    """Repeating meetings beside single ones."""


MACHINES = {"single": Single, "series": Series}


def run(stage, tally, number, examples, kind, *, steps=STEPS, shrink=False):
    """Run the examples that follow from a number.

    :param kind: of the machine, from ``MACHINES``
    :param steps: of an example
    :param shrink: whether a failing example is made as short as can be
    """

    @seed(number)
    def machine():
        return MACHINES[kind](stage, tally)

    phases = [Phase.generate, *([Phase.shrink] if shrink else [])]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            phases=phases,
            suppress_health_check=list(HealthCheck),
            database=None,
            report_multiple_bugs=False,
            deadline=None,
        ),
    )


def program(error):
    """Return what the failing example did, as lines of a test; "" if unknown."""
    lines = "\n".join(getattr(error, "__notes__", ())).splitlines()
    steps = [line for line in lines if "state." in line and "teardown" not in line]
    return "\n".join([*steps, "state.settle()"]) if steps else ""
