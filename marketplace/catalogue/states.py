"""The merchant's will about a listing. What the system allows (`sellable`, with its reasons) is another thing."""

from enum import StrEnum

from marketplace.kernel.states import Machine


class ListingWill(StrEnum):
    DRAFT = "draft"
    LIVE = "live"
    PAUSED = "paused"
    RETIRED = "retired"


LISTING_WILL = Machine(
    ListingWill.DRAFT,
    {
        ListingWill.DRAFT: {ListingWill.LIVE, ListingWill.RETIRED},
        ListingWill.LIVE: {ListingWill.PAUSED, ListingWill.RETIRED},
        ListingWill.PAUSED: {ListingWill.LIVE, ListingWill.RETIRED},
        ListingWill.RETIRED: {ListingWill.DRAFT},
    },
)
