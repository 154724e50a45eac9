"""The words of a complaint: its causes, and the codes of the reasons that judges give, with their sentences."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec


class Cause(StrEnum):
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"
    DEFECTIVE = "defective"
    NOT_DELIVERED = "not_delivered"
    MISSING = "missing"  # the parcel came, it was not in there
    OTHER = "other"
    CHANGED_MIND = "changed_mind"  # a withdrawal; never a complaint


CONFORMITY = frozenset({Cause.DAMAGED, Cause.WRONG_ITEM, Cause.DEFECTIVE, Cause.MISSING})
"""What the two-year guarantee of conformity covers."""


class Code(StrEnum):
    # why a complaint cannot be made
    NOTHING_CHOSEN = "nothing_chosen"
    NOT_SHIPPED = "not_shipped"
    TOO_MANY = "too_many"
    NOT_YET_DUE = "not_yet_due"
    GUARANTEE_OVER = "guarantee_over"
    WINDOW_OVER = "window_over"
    # what the merchant should know
    CARRIER_SAYS_DELIVERED = "carrier_says_delivered"
    NOT_SEEN_DELIVERED = "not_seen_delivered"
    PARCEL_LOST = "parcel_lost"
    PRESUMED_DEFECT = "presumed_defect"
    MAY_WITHDRAW = "may_withdraw"
    # what a supplier owes, or not
    OWES_GOODS = "owes_goods"
    OWES_SHARE = "owes_share"
    OWES_FREIGHT = "owes_freight"
    AFTER_RETURN = "after_return"
    TERMS_EXCLUDE_DAMAGE = "terms_exclude_damage"
    RETURN_TOO_LATE = "return_too_late"
    GOODS_STAY_WITH_MERCHANT = "goods_stay_with_merchant"
    REPLACED_FREE = "replaced_free"
    GOODWILL = "goodwill"
    RECOVERED_ALREADY = "recovered_already"


class Reason(msgspec.Struct, frozen=True):
    """A code and the numbers and dates (ISO) that go with it."""

    code: Code
    params: dict[str, int | str] = {}


def _(text: str) -> str:
    """Marks a sentence for translation; it is translated where it is shown."""
    return text


SENTENCES: Mapping[Code, str] = {
    Code.NOTHING_CHOSEN: _("Please choose at least one article."),
    Code.NOT_SHIPPED: _("This article has not left yet; you can cancel it instead."),
    Code.TOO_MANY: _("At most %(left)s of it can be named."),
    Code.NOT_YET_DUE: _("It may still arrive: this can be reported from %(from)s."),
    Code.GUARANTEE_OVER: _("The two-year guarantee of conformity ended on %(until)s."),
    Code.WINDOW_OVER: _("This could be reported until %(until)s."),
    Code.CARRIER_SAYS_DELIVERED: _("The carrier says it was delivered."),
    Code.NOT_SEEN_DELIVERED: _("No carrier has confirmed its delivery yet."),
    Code.PARCEL_LOST: _("The parcel with %(units)s of it was lost."),
    Code.PRESUMED_DEFECT: _(
        "A defect that shows within two years is presumed to have been there on delivery (L217-7)."
    ),
    Code.MAY_WITHDRAW: _("The withdrawal period is still open: the shopper may simply withdraw."),
    Code.OWES_GOODS: _("The supplier owes what it billed for the goods."),
    Code.OWES_SHARE: _("The supplier owes its share of a partial refund."),
    Code.OWES_FREIGHT: _("The supplier owes the freight of these goods."),
    Code.AFTER_RETURN: _("It is owed once the goods are back at the supplier."),
    Code.TERMS_EXCLUDE_DAMAGE: _("By the agreement the supplier does not pay for damage or defects."),
    Code.RETURN_TOO_LATE: _("The supplier takes goods back until %(until)s."),
    Code.GOODS_STAY_WITH_MERCHANT: _("Returned goods go to the merchant and stay its own."),
    Code.REPLACED_FREE: _("The supplier sends a replacement free of charge."),
    Code.GOODWILL: _("A gesture of the merchant; the supplier owes nothing."),
    Code.RECOVERED_ALREADY: _("It was recovered already."),
}
