# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The control interface: JSON over HTTP, for tests and for people with a shell.

The README next to this file lists the addresses. Each function takes the sandbox and
the request's JSON object or query, and returns what is sent back as JSON.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from . import control_directory, control_events, control_trouble
from .control_errors import NotThere, Wrong
from .problem import GraphProblem
from .seeds import SeedError

if TYPE_CHECKING:
    from .app import Sandbox

ROUTES: list[tuple[str, str, Callable[..., Any]]] = [
    *control_trouble.ROUTES,
    *control_directory.ROUTES,
    *control_events.ROUTES,
]


def control_app(sandbox: "Sandbox") -> Callable[[Request], Response]:
    """Return what answers requests below ``/control``."""
    addresses = Map(
        [
            Rule(f"/control{path}", endpoint=function, methods=[method])
            for method, path, function in ROUTES
        ]
    )

    def answer(request: Request) -> Response:
        try:
            function, values = addresses.bind_to_environ(request.environ).match()
            result = function(sandbox, _given(request), **values)
        except HTTPException as error:
            return _json({"error": error.description}, error.code or 500)
        except GraphProblem as problem:
            words = {"error": problem.message, "code": problem.code}
            return _json(words, problem.status)
        except NotThere as error:
            return _json({"error": str(error)}, 404)
        except (Wrong, SeedError, TypeError, ValueError, KeyError) as error:
            return _json({"error": str(error) or repr(error)}, 400)
        return Response(status=204) if result is None else _json(result, 200)

    return answer


def _given(request: Request) -> dict[str, Any]:
    """Return query and JSON body in one mapping.

    :raise BadRequest: the body is no JSON object
    """
    given: dict[str, Any] = request.args.to_dict()
    if request.content_length:
        body = request.get_json()
        if not isinstance(body, dict):
            raise BadRequest("The body must be a JSON object.")
        given.update(body)
    return given


def _json(value: Any, status: int) -> Response:
    text = json.dumps(value, default=str, indent=1)
    return Response(text + "\n", status, mimetype="application/json")
