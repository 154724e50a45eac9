"""How long each side has. Pure."""

from datetime import datetime, timedelta

#: a merchant answers a shopper within this; the inbox shows what is left of it
ANSWER = timedelta(days=3)
#: the refund of a withdrawal is due within this from the declaration (L221-24 code de la consommation)
REFUND = timedelta(days=14)
#: the shopper sends goods back within this from the withdrawal, or from the return's authorisation (L221-23)
SEND_BACK = timedelta(days=14)
#: what the post takes on top before a return counts as never sent
POST = timedelta(days=7)
#: alarms sound this long before a limit
ALARM_ANSWER = timedelta(days=1)
ALARM_REFUND = timedelta(days=4)


def answer_by(asked_at: datetime) -> datetime:
    """When the merchant's answer is due."""
    return asked_at + ANSWER


def refund_by(declared_at: datetime) -> datetime:
    """When the money of a withdrawal must be back."""
    return declared_at + REFUND
