# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The Graph events of ``tests/data/graph``, one odd thing in each."""

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "data" / "graph"


@dataclass(frozen=True)
class GraphCase:
    """A Graph event, whose mailbox it is in, and what has to come of it.

    ``expect`` holds ``error`` (the refused member) or any of ``item`` and ``event``,
    with the attributes that matter.
    """

    name: str
    owner: frozenset
    graph: dict
    expect: dict


def graph_cases():
    """Read every case of the folder."""
    return [_read(path) for path in sorted(FOLDER.glob("*.json"))]


def _read(path):
    data = json.loads(path.read_text(encoding="utf-8"))
    return GraphCase(
        path.stem, frozenset(data.get("owner", ())), data["graph"], data["expect"]
    )
