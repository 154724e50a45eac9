"""The published description: made from the routes and the shapes, so that it says what the code does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Response, get
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
    OpenAPIFormat,
    OpenAPIMediaType,
    OpenAPIType,
    Operation,
    RequestBody,
    Schema,
    SecurityScheme,
)
from msgspec import Struct

from marketplace.kernel.errors import NotFound
from marketplace.web.api.problems import KINDS, MEDIA_TYPE, PREFIX, ProblemBody

ABOUT = (
    "Suppliers' systems send their feeds here and ask how they were read. Keys are made in the portal, under Settings → API keys, and"
    " sent as `Authorization: Bearer <key>`. Every error is application/problem+json with a `code` that does not change."
    " A key may ask {asked} times a minute, {sent} of them with a file."
)
_FILE = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)


@dataclass
class SendFile(Operation):
    """The operation whose body is the file itself."""

    def __post_init__(self) -> None:
        form = Schema(type=OpenAPIType.OBJECT, properties={"file": _FILE}, required=["file"])
        self.request_body = RequestBody(
            description="The file itself, of any format we read, also gzipped or zipped; or one file of a form.",
            required=True,
            content={
                "application/octet-stream": OpenAPIMediaType(schema=_FILE),
                "text/csv": OpenAPIMediaType(schema=_FILE),
                "multipart/form-data": OpenAPIMediaType(schema=form),
            },
        )


def may_answer(*codes: str) -> dict[int, ResponseSpec]:
    """The problems a route may answer with, beside those of every route with a key."""
    by_status: dict[int, list[str]] = {}
    for code in ("bad-request", "no-key", "bad-key", *codes, "too-often"):
        by_status.setdefault(KINDS[code].status, []).append(code)
    return {
        status: ResponseSpec(
            ProblemBody,
            generate_examples=False,
            description=" ".join(f"`{code}`: {KINDS[code].title}" for code in found),
            media_type=MEDIA_TYPE,
        )
        for status, found in by_status.items()
    }


def openapi_config(asked: int, sent: int) -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Comptoir",
        version="1",
        description=ABOUT.format(asked=asked, sent=sent),
        path="/api/v1/openapi.json",  # of its own, so that a mistyped address beside it is a problem and not Litestar's page
        render_plugins=[JsonRenderPlugin(path="/")],
        components=Components(
            security_schemes={
                "key": SecurityScheme(type="http", scheme="bearer", description="A key of the portal.")
            }
        ),
        security=[{"key": []}],
        use_handler_docstrings=True,
    )


class KindBody(Struct, frozen=True):
    code: str
    status: int
    title: str
    what_to_do: str


@get(
    PREFIX + "{code:str}",
    summary="What a kind of problem means",
    operation_id="readProblem",
    opt={"public": True},
    security=[{}],
    tags=["problems"],
)
async def problem_kind(code: str) -> Response[KindBody]:
    """Where the `type` of a problem points."""
    if code not in KINDS:
        raise NotFound
    kind: Any = KINDS[code]
    return Response(KindBody(code, kind.status, kind.title, kind.what_to_do))
