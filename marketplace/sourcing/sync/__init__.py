"""Applying a feed: stage → compare → judge → write, in one transaction that acts as the supplier.

`fetching` brings the file, `stage` copies its rows into a temporary table while the reader goes on reading, `compare` says in SQL
what is new, changed and gone, the breaker judges, `write` applies it set by set, `finish` writes down how the run ended. A worker
killed at any point leaves the old catalogue or the new: there is one COMMIT. See docs of the rules in `statements`.
"""
