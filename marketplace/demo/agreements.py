"""Who links whom, and on what terms. Each agreement differs where routing would notice."""

from datetime import time

from marketplace.demo.nouns import Agreement, Terms

AGREEMENTS = (
    Agreement(
        "rivage",
        "verrier",
        Terms(
            currency="EUR", discount_bp=4600, franco_threshold=25_000, minimum_order=6_000, order_fee=750,
            shipping_fee=990, parcel_fee=490, cutoff=time(14, 0), lead_days=1, safety_stock=2, ships_to=("FR", "BE", "LU"),
        ),
    ),
    Agreement(
        "rivage",
        "nordhavn",
        Terms(
            currency="EUR", discount_bp=0, franco_threshold=40_000, minimum_order=0, order_fee=0,
            shipping_fee=1_290, parcel_fee=650, cutoff=time(11, 30), lead_days=2, safety_stock=3,
            ships_to=("FR", "BE", "LU", "DE"), ack_hours=12, net_of="acceptance",
        ),
        proposed_by="supplier",
    ),
    Agreement(
        "northpeak",
        "gearline",
        Terms(
            currency="GBP", discount_bp=0, franco_threshold=20_000, minimum_order=2_500, order_fee=400,
            shipping_fee=750, parcel_fee=350, cutoff=time(15, 30), lead_days=1, safety_stock=1,
            ships_to=("IE", "GB", "FR", "DE"), ack_hours=8, return_days=30,
        ),
    ),
    Agreement(
        "northpeak",
        "nordhavn",
        Terms(
            currency="EUR", discount_bp=250, franco_threshold=35_000, minimum_order=0, order_fee=0,
            shipping_fee=1_490, parcel_fee=650, cutoff=time(11, 30), lead_days=2, safety_stock=3,
            ships_to=("IE", "FR", "DE", "DK"), ack_hours=12, net_of="acceptance",
        ),
        proposed_by="supplier",
    ),
    Agreement(
        "fabrique",
        "petit-bois",
        Terms(
            currency="EUR", discount_bp=0, franco_threshold=12_000, minimum_order=0, order_fee=0,
            shipping_fee=690, parcel_fee=300, cutoff=time(10, 0), lead_days=3, safety_stock=0,
            ships_to=("FR", "BE", "CH"), ack_hours=48, returns_to="merchant", net_of="never",
        ),
    ),
    Agreement(
        "fabrique",
        "nordhavn",
        Terms(
            currency="EUR", discount_bp=0, franco_threshold=40_000, minimum_order=0, order_fee=0,
            shipping_fee=1_290, parcel_fee=650, cutoff=time(11, 30), lead_days=2, safety_stock=3,
            ships_to=("FR", "BE", "DE"), ack_hours=12, net_of="acceptance",
        ),
    ),
    Agreement(
        "fabrique",
        "verrier",
        Terms(
            currency="EUR", discount_bp=3_800, franco_threshold=25_000, minimum_order=6_000, order_fee=750,
            shipping_fee=990, parcel_fee=490, cutoff=time(14, 0), lead_days=1, safety_stock=2, ships_to=("FR", "BE"),
        ),
    ),
    Agreement(
        "northpeak",
        "verrier",
        Terms(
            currency="EUR", discount_bp=3_500, franco_threshold=30_000, minimum_order=8_000, order_fee=750,
            shipping_fee=1_890, parcel_fee=690, cutoff=time(14, 0), lead_days=2, safety_stock=2, ships_to=("IE", "FR"),
        ),
        state="proposed",
    ),
)  # fmt: skip
