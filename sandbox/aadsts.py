# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The AADSTS codes that the sandbox knows, with OAuth error, suberror and text.

Source: Microsoft Entra authentication and authorization error codes, and answers
quoted in public issues. The platform's own documentation warns clients against
relying on the numbers: ``error`` and ``suberror`` are the contract.
"""

import json
import uuid
from pathlib import Path

_FILE = Path(__file__).with_suffix(".json")

# number: (error, suberror, text); a text's fields are filled in by the raiser
CATALOGUE: dict[int, tuple[str, str, str]] = {
    int(number): (row["error"], row.get("suberror", ""), row["text"])
    for number, row in json.loads(_FILE.read_text(encoding="utf-8")).items()
}

# What a client must send back as ``claims`` so that the interaction takes place.
CLAIMS = {
    number: json.dumps(
        {
            "access_token": {
                "capolids": {"essential": True, "values": [str(uuid.UUID(int=number))]}
            }
        }
    )
    for number in (50074, 50076, 50078, 50079, 53000, 53003)
}
