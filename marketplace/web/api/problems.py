"""What may go wrong at the API: one shape for all of it (RFC 9457), each kind with a code that does not change."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from msgspec import UNSET, Struct, UnsetType

from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.sourcing.start_run import ARCHIVED, BUSY, OTHER_FILE
from marketplace.sourcing.upload_feed_file import EMPTY, NOT_KEPT, TOO_LARGE

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/v1/problems/"


@dataclass(frozen=True)
class Kind:
    """`what_to_do` is for the person who wrote the program that asked."""

    status: int
    title: str
    what_to_do: str


KINDS: dict[str, Kind] = {
    "bad-request": Kind(400, "The request could not be read.", "Look at `detail`; send it again corrected."),
    "cut-off": Kind(
        400,
        "The file was not sent whole.",
        "Send it again; under the same Idempotency-Key nothing happens twice.",
    ),
    "no-key": Kind(
        401,
        "A key is needed.",
        "Send the header `Authorization: Bearer <key>`. Keys are made in the portal's settings.",
    ),
    "bad-key": Kind(
        401,
        "This key opens nothing.",
        "It is mistyped or was revoked. Make another in the portal's settings.",
    ),
    "not-found": Kind(
        404, "There is nothing here.", "The address is mistyped, or the thing is gone or not yours."
    ),
    "wrong-method": Kind(405, "This address does not do that.", "The header `Allow` says what it does."),
    "too-slow": Kind(
        408, "Nothing of the file came for too long.", "Send it again, packed with gzip if the line is slow."
    ),
    "feed-archived": Kind(409, "This feed is archived.", "Send the file to a feed in use."),
    "feed-busy": Kind(
        429,
        "Another file of this feed is being read.",
        "Wait as long as the header `Retry-After` says, then send yours again.",
    ),
    "too-large": Kind(
        413, "The file is larger than we accept.", "Pack it with gzip, or send it in two feeds."
    ),
    "wrong-type": Kind(
        415,
        "A feed is not sent like this.",
        "Send the file itself as the body, or as the one file of multipart/form-data, not encoded or with gzip.",
    ),
    "empty-file": Kind(422, "The file is empty.", "Nothing was changed. Look at what writes the file."),
    "key-reused": Kind(
        422,
        "This Idempotency-Key was another file's.",
        "Make a new key for each file, and keep it for tries of that file.",
    ),
    "invalid": Kind(422, "Something in the request is not as it must be.", "`errors` names each."),
    "too-often": Kind(429, "This key asks too often.", "Wait as long as the header `Retry-After` says."),
    "broken": Kind(
        500,
        "Something broke on our side.",
        "It was written down. Try again in a minute, under the same Idempotency-Key.",
    ),
    "not-kept": Kind(503, "The file could not be kept just now.", "Send it again in a minute."),
}
_REFUSALS = {
    ARCHIVED: "feed-archived",
    BUSY: "feed-busy",
    OTHER_FILE: "key-reused",
    EMPTY: "empty-file",
    TOO_LARGE: "too-large",
    NOT_KEPT: "not-kept",
}
_STATUSES = {404: "not-found", 405: "wrong-method", 413: "too-large", 415: "wrong-type"}
BUSY_SECONDS = 15


class Wrong(Struct, frozen=True):
    """One field or header, and what is wrong with it."""

    name: str
    detail: str


class ProblemBody(Struct, frozen=True, omit_defaults=True):
    """`type` is an address where this kind is explained; `code` is its last part."""

    type: str
    code: str
    title: str
    status: int
    detail: str | UnsetType = UNSET
    errors: list[Wrong] | UnsetType = UNSET


class Problem(Exception):
    """Raised anywhere below a route; `code` is one of KINDS."""

    def __init__(
        self,
        code: str,
        detail: str | None = None,
        *,
        errors: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(code, detail)
        self.code, self.detail, self.errors, self.headers = code, detail, errors, headers or {}


def answer(_: Request[Any, Any, Any], problem: Problem) -> Response[ProblemBody]:
    kind = KINDS[problem.code]
    body = ProblemBody(
        type=PREFIX + problem.code,
        code=problem.code,
        title=kind.title,
        status=kind.status,
        detail=problem.detail if problem.detail is not None else kind.what_to_do,
        errors=[Wrong(*each) for each in problem.errors.items()] if problem.errors else UNSET,
    )
    return Response(
        body,
        status_code=kind.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **problem.headers},
    )


def _problem(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemBody]:
    assert isinstance(error, Problem)
    return answer(request, error)


def _not_found(request: Request[Any, Any, Any], _: Exception) -> Response[ProblemBody]:
    return answer(request, Problem("not-found"))


def _refused(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemBody]:
    assert isinstance(error, Refused)
    if isinstance(error, Invalid):
        return answer(request, Problem("invalid", errors=error.problems))
    code = _REFUSALS.get(error.message, "invalid")
    said = error.message.format(**error.values) if error.values else error.message
    waits = {"feed-busy": BUSY_SECONDS, "not-kept": 60}.get(code)
    return answer(request, Problem(code, said, headers={"Retry-After": str(waits)} if waits else None))


def _http_error(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemBody]:
    assert isinstance(error, HTTPException)
    if error.status_code >= 500:
        return _crashed(request, error)
    code = _STATUSES.get(error.status_code, "bad-request")
    headers = {k: v for k, v in (error.headers or {}).items() if k.lower() == "allow"}
    return answer(
        request, Problem(code, _parameters(error) if code == "bad-request" else None, headers=headers)
    )


def _parameters(error: HTTPException) -> str | None:
    """What Litestar says of query values that do not fit."""
    extra = error.extra if isinstance(error.extra, list) else []
    said = [f"{each['key']}: {each['message']}" for each in extra if isinstance(each, dict) and "key" in each]
    return "; ".join(said) or None


def _crashed(request: Request[Any, Any, Any], error: Exception) -> Response[ProblemBody]:
    logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return answer(request, Problem("broken"))


HANDLERS: dict[Any, Any] = {
    Problem: _problem,
    NotFound: _not_found,
    Refused: _refused,
    HTTPException: _http_error,
    Exception: _crashed,
}
