"""The lives of our order to a supplier, of the request to cancel it, and of a parcel."""

from enum import StrEnum

from marketplace.kernel.states import Machine


class SupplierOrder(StrEnum):
    DRAFTED = "drafted"
    HELD = "held"  # below a minimum or just short of a franco: gathers others until its cut-off
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"  # received by the supplier, not yet answered
    ANSWERED = "answered"  # every line accepted or refused, at least one accepted
    PARTLY_SHIPPED = "partly_shipped"
    SHIPPED = "shipped"
    COMPLETED = "completed"  # all that was shipped was delivered, or is settled as lost
    REFUSED = "refused"  # every line refused
    CANCELLED = "cancelled"  # by us, before it was sent or with the supplier's consent


# A signed link or a file may answer or ship before anybody pressed "received".
SUPPLIER_ORDER = Machine(
    SupplierOrder.DRAFTED,
    {
        SupplierOrder.DRAFTED: {SupplierOrder.HELD, SupplierOrder.SENT, SupplierOrder.CANCELLED},
        SupplierOrder.HELD: {SupplierOrder.DRAFTED, SupplierOrder.SENT, SupplierOrder.CANCELLED},
        SupplierOrder.SENT: {
            SupplierOrder.ACKNOWLEDGED,
            SupplierOrder.ANSWERED,
            SupplierOrder.PARTLY_SHIPPED,
            SupplierOrder.SHIPPED,
            SupplierOrder.REFUSED,
            SupplierOrder.CANCELLED,
        },
        SupplierOrder.ACKNOWLEDGED: {
            SupplierOrder.ANSWERED,
            SupplierOrder.PARTLY_SHIPPED,
            SupplierOrder.SHIPPED,
            SupplierOrder.REFUSED,
            SupplierOrder.CANCELLED,
        },
        SupplierOrder.ANSWERED: {
            SupplierOrder.PARTLY_SHIPPED,
            SupplierOrder.SHIPPED,
            SupplierOrder.REFUSED,
            SupplierOrder.CANCELLED,
        },
        SupplierOrder.PARTLY_SHIPPED: {
            SupplierOrder.ANSWERED,
            SupplierOrder.SHIPPED,
            SupplierOrder.COMPLETED,
        },
        SupplierOrder.SHIPPED: {
            SupplierOrder.ANSWERED,
            SupplierOrder.PARTLY_SHIPPED,
            SupplierOrder.COMPLETED,
        },
        SupplierOrder.COMPLETED: set(),
        SupplierOrder.REFUSED: set(),
        SupplierOrder.CANCELLED: set(),
    },
)


class Cancellation(StrEnum):
    NONE = "none"
    REQUESTED = "requested"
    GRANTED = "granted"
    DENIED = "denied"  # usually because it has left


CANCELLATION = Machine(
    Cancellation.NONE,
    {
        Cancellation.NONE: {Cancellation.REQUESTED},
        Cancellation.REQUESTED: {Cancellation.GRANTED, Cancellation.DENIED},
        Cancellation.GRANTED: {Cancellation.REQUESTED},  # of further units
        Cancellation.DENIED: {Cancellation.REQUESTED},
    },
)


class Shipment(StrEnum):
    ANNOUNCED = "announced"
    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"
    LOST = "lost"
    RETURNED_TO_SENDER = "returned_to_sender"
    VOIDED = "voided"  # confirmed by mistake; never left


# A parcel thought lost may still arrive, and a carrier's first scan may already be the delivery.
SHIPMENT = Machine(
    Shipment.ANNOUNCED,
    {
        Shipment.ANNOUNCED: {
            Shipment.IN_TRANSIT,
            Shipment.DELIVERED,
            Shipment.LOST,
            Shipment.RETURNED_TO_SENDER,
            Shipment.VOIDED,
        },
        Shipment.IN_TRANSIT: {Shipment.DELIVERED, Shipment.LOST, Shipment.RETURNED_TO_SENDER},
        Shipment.DELIVERED: set(),
        Shipment.LOST: {Shipment.IN_TRANSIT, Shipment.DELIVERED, Shipment.RETURNED_TO_SENDER},
        Shipment.RETURNED_TO_SENDER: set(),
        Shipment.VOIDED: set(),
    },
)
