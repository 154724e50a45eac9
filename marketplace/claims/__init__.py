"""Complaints, withdrawals, goods coming back, and what suppliers owe for them.

The shopper complains to the merchant and is answered by the merchant. A supplier reads what it is forwarded, and the
debit notes (recoveries) it is sent; never the shopper's words, name or money.
"""
