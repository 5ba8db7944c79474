# Part of outlook_calendar. LGPL-3, see LICENSE.
"""When the server is killed: anywhere in the time of a run, or at one of its requests.

The most dangerous instants lie between what Microsoft has done and what our database
knows of it, so half of them are chosen there.
"""

import random
from dataclasses import dataclass

SCENARIOS = ("first", "push")
_WAYS = ("time", "unanswered", "time", "answered")
_WINDOW = 0.05  # seconds, in which the answer is taken in and committed


@dataclass(frozen=True)
class Instant:
    """One kill.

    :ivar scenario: ``first``, a first sync, or ``push``, changes that are sent
    :ivar way: ``time``, that share of the run's time after its first request;
        ``answered``, right after the answer to a request, up to 50 ms; ``unanswered``,
        when Microsoft has done what the request asks for and has not answered yet
    :ivar share: where in the run, from 0 to 1
    """

    scenario: str
    way: str
    share: float

    @property
    def late(self):
        """How many seconds after the answer it is; None: there is no answer."""
        return self.share * 1000 % 1 * _WINDOW if self.way == "answered" else None

    def request(self, count):
        """Return the number, from 1, of the request in a run that makes ``count``."""
        return 1 + min(int(self.share * count), count - 1)


def plays(times, seed, each):
    """Return lists of instants, each one of a play of one scenario, in their order.

    :param times: how many instants, half of them in each scenario
    :param seed: the same for the same instants
    :param each: how many times the server is killed in a play, at most
    """
    chosen = instants(times, seed)
    for name in SCENARIOS:
        own = [one for one in chosen if one.scenario == name]
        for first in range(0, len(own), each):
            yield sorted(own[first : first + each], key=lambda one: one.share)


def instants(times, seed):
    """Return so many instants, the same for the same seed, the scenarios in turn."""
    chance = random.Random(seed)
    return [
        Instant(SCENARIOS[number % 2], _WAYS[number // 2 % len(_WAYS)], chance.random())
        for number in range(times)
    ]
