"""What a use case said, put beside the field that caused it, in the shop's language."""

from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.i18n import translator
from marketplace.web.forms import Form


def spoken(request: HTMXRequest, refusal: Refused) -> str:
    """The refusal's sentence with its numbers and words in it."""
    _ = translator(request.state.locale)
    return _(
        refusal.message, **{k: _(v) if isinstance(v, str) and v else v for k, v in refusal.values.items()}
    )


def take(request: HTMXRequest, form: Form, refusal: Refused) -> None:
    """Put the refusal into the form. What is already translated stays as it is."""
    if isinstance(refusal, Invalid):
        for field, message in refusal.problems.items():
            form.problem(field, message)
        return
    form.problem(refusal.field or "", spoken(request, refusal))
