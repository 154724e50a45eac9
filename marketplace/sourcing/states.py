"""The lives of a feed's run, of an agreement, and of one version of its terms."""

from enum import StrEnum

from marketplace.kernel.states import Machine


class FeedRun(StrEnum):
    PENDING = "pending"
    FETCHING = "fetching"
    UNCHANGED = "unchanged"  # the source answered 304, or the very same bytes
    DIFFED = "diffed"
    HELD = "held"  # the breaker stopped it; a person applies or drops it
    APPLYING = "applying"
    APPLIED = "applied"
    UNDONE = "undone"
    DROPPED = "dropped"
    FAILED = "failed"


# A killed worker leaves a run in fetching, diffed or applying with nothing written: it starts again from pending, and goes straight to
# applying when a person had let it through.
# A failed run stays as it failed; trying again is a new run.
FEED_RUN = Machine(
    FeedRun.PENDING,
    {
        FeedRun.PENDING: {FeedRun.FETCHING, FeedRun.APPLYING, FeedRun.DROPPED, FeedRun.FAILED},
        FeedRun.FETCHING: {
            FeedRun.UNCHANGED,
            FeedRun.DIFFED,
            FeedRun.PENDING,
            FeedRun.DROPPED,
            FeedRun.FAILED,
        },
        FeedRun.UNCHANGED: set(),
        FeedRun.DIFFED: {FeedRun.HELD, FeedRun.APPLYING, FeedRun.PENDING, FeedRun.DROPPED, FeedRun.FAILED},
        FeedRun.HELD: {FeedRun.APPLYING, FeedRun.DROPPED, FeedRun.FAILED},
        FeedRun.APPLYING: {FeedRun.APPLIED, FeedRun.PENDING, FeedRun.DROPPED, FeedRun.FAILED},
        FeedRun.APPLIED: {FeedRun.UNDONE},
        FeedRun.UNDONE: set(),
        FeedRun.DROPPED: set(),
        FeedRun.FAILED: set(),
    },
)

#: as SQL, whether a run's file was taken at its word. One that was dropped, undone or waits confirms nothing: such an unchanged run has
#: a message
CONFIRMS = "(state IN ('applied', 'undone') OR state = 'unchanged' AND message IS NULL)"


class Agreement(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"  # both sides agreed to the same version
    PAUSED = "paused"  # by either side: nothing new is sold, what is sold is delivered
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # taken back by the side that proposed it
    ENDED = "ended"


AGREEMENT = Machine(
    Agreement.PROPOSED,
    {
        Agreement.PROPOSED: {Agreement.ACTIVE, Agreement.DECLINED, Agreement.WITHDRAWN, Agreement.ENDED},
        Agreement.ACTIVE: {Agreement.PAUSED, Agreement.ENDED},
        Agreement.PAUSED: {Agreement.ACTIVE, Agreement.ENDED},
        # two parties have one agreement: what came to nothing, or to an end, may be proposed again
        Agreement.DECLINED: {Agreement.PROPOSED},
        Agreement.WITHDRAWN: {Agreement.PROPOSED},
        Agreement.ENDED: {Agreement.PROPOSED},
    },
)


class AgreementVersion(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"  # a later version was agreed


AGREEMENT_VERSION = Machine(
    AgreementVersion.PROPOSED,
    {
        AgreementVersion.PROPOSED: {
            AgreementVersion.AGREED,
            AgreementVersion.DECLINED,
            AgreementVersion.WITHDRAWN,
            AgreementVersion.SUPERSEDED,
        },
        AgreementVersion.AGREED: {AgreementVersion.SUPERSEDED},
        AgreementVersion.DECLINED: set(),
        AgreementVersion.WITHDRAWN: set(),
        AgreementVersion.SUPERSEDED: set(),
    },
)
