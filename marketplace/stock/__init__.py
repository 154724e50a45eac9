"""What we took of what suppliers have: take, keep, commit, move, end. See docs of the rules in `take.py`."""
