# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``$batch``: up to twenty requests in one.

Source: graph.md, "$batch" (json-batching). The items run one after the other, which
no client can tell from four at a time; the answers come in another order than the
requests, so that nobody relies on it.
"""

import json
from base64 import b64encode
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from .graph_call import Call
from .problem import GraphProblem

LIMIT = 20
METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")


def batch(call: Call) -> Response:
    """Answer ``POST /$batch``."""
    call.check()
    rows = _checked(call.body().get("requests"))
    answers: dict[str, dict[str, Any]] = {}
    for row in _in_turn(rows):
        before = [answers[name.lower()] for name in row.get("dependsOn") or []]
        if any(each["status"] >= 400 for each in before):
            answers[row["id"].lower()] = _failed_dependency(row["id"])
        else:
            answers[row["id"].lower()] = _answered(call, row)
    return call.json({"responses": list(reversed(answers.values()))})


def _checked(rows: Any) -> list[dict[str, Any]]:
    """Return the items of an envelope that is in order.

    :raise GraphProblem: 400 for the batch as a whole
    """
    if not isinstance(rows, list) or not rows:
        raise _bad("The batch has no requests.")
    if len(rows) > LIMIT:
        raise _bad(
            f"Number of batch request steps exceeds the maximum value of {LIMIT}."
        )
    for row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            raise _bad("Every request of a batch needs an id.")
        _check_item(row)
    ids = [row["id"].lower() for row in rows]
    if len(set(ids)) != len(ids):
        raise _bad("The ids of a batch must differ.")
    _check_shape(rows, ids)
    return rows


def _check_item(row: dict[str, Any]) -> None:
    """Refuse an item without method or address, or a body that is not announced."""
    if str(row.get("method", "")).upper() not in METHODS:
        raise _bad(f"The method of request '{row['id']}' is invalid.")
    url = row.get("url")
    if not isinstance(url, str) or not url.strip("/") or "://" in url.split("?")[0]:
        raise _bad(f"The url of request '{row['id']}' is invalid.")
    headers, needs = row.get("headers") or {}, row.get("dependsOn") or []
    if not isinstance(headers, dict) or not isinstance(needs, list):
        raise _bad(f"Request '{row['id']}' is invalid.")
    if not all(isinstance(name, str) for name in needs):
        raise _bad(f"Request '{row['id']}' depends on something without an id.")
    names = [name.lower() for name in headers]
    if "body" in row and "content-type" not in names:
        raise _bad(f"Request '{row['id']}' has a body but no Content-Type.")


def _check_shape(rows: list[dict[str, Any]], ids: list[str]) -> None:
    """Refuse dependencies but these: none, a chain, or all on the first one."""
    needs = [[name.lower() for name in row.get("dependsOn") or []] for row in rows]
    if any(name not in ids for need in needs for name in need):
        raise _bad("A request depends on one that is not in the batch.")
    chain = [[], *([each] for each in ids[:-1])]
    star = [[], *([ids[0]] for _each in ids[1:])]
    if any(needs) and needs not in (chain, star):
        raise _bad(
            "The dependencies of a batch must be none, a chain or all on the first."
        )


def _in_turn(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the items in the order they run: what is depended upon comes first."""
    return sorted(rows, key=lambda row: bool(row.get("dependsOn")))


def _answered(call: Call, row: dict[str, Any]) -> dict[str, Any]:
    """Send one item through the whole sandbox and return its answer."""
    path, _mark, query = row["url"].partition("?")
    headers = {
        str(name): str(each) for name, each in (row.get("headers") or {}).items()
    }
    headers["Authorization"] = call.request.headers.get("Authorization", "")
    body = json.dumps(row["body"]).encode() if "body" in row else None
    builder = EnvironBuilder(
        path="/v1.0/" + path.lstrip("/"),
        query_string=query,
        base_url=call.request.host_url,
        method=row["method"].upper(),
        headers=Headers(headers),
        data=body,
    )
    environ = builder.get_environ()
    connection = call.request.environ.get("werkzeug.socket")
    if connection is not None:
        environ["werkzeug.socket"] = connection
    return _item(row["id"], call.sandbox.answer(Request(environ)))


def _item(name: str, response: Response) -> dict[str, Any]:
    """Return one answer as it stands in the batch."""
    kept = ("Content-Type", "Retry-After", "ETag", "Location", "Preference-Applied")
    headers = {key: response.headers[key] for key in kept if key in response.headers}
    item: dict[str, Any] = {
        "id": name,
        "status": response.status_code,
        "headers": headers,
    }
    data = response.get_data()
    if data and "json" in headers.get("Content-Type", ""):
        item["body"] = json.loads(data)
    elif data:
        item["body"] = b64encode(data).decode()
    return item


def _failed_dependency(name: str) -> dict[str, Any]:
    error = {
        "code": "FailedDependency",
        "message": "The request depends on a request that failed.",
    }
    headers = {"Content-Type": "application/json"}
    return {"id": name, "status": 424, "headers": headers, "body": {"error": error}}


def _bad(message: str) -> GraphProblem:
    return GraphProblem(400, "BadRequest", message)
