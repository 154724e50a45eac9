"""Money: charges, refunds and entries. Every outside call is three steps: an intent row, the call with no transaction open,
the result in a second transaction. Integers of minor units, double entry, nothing booked that did not happen."""
