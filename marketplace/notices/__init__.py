"""E-mails: one function a message, one template each, French and English.

A message is written as a `mail` row by a reaction to what happened, and sent after that commit by a job of its own. The
shopper's mails come from the merchant and never name a supplier.
"""
