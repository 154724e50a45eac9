"""The price a reduction refers to: the lowest of the 30 days before it. Computed, never typed.

L112-1-1 code de la consommation; CJEU C-330/23: a reduction shown must be one against that price.
"""

LEAST_PERCENT = 5  # less is no reduction anybody should be told of

REFERENCE = f"""(
    SELECT CASE WHEN r.lowest * 100 >= r.price * {100 + LEAST_PERCENT} THEN r.lowest END
      FROM (SELECT c.price, (
                SELECT min(h.price) FROM (
                    SELECT price, at, lead(at) OVER (ORDER BY at, id) AS until FROM price_history WHERE variant = v.id) h
                 WHERE h.price IS NOT NULL AND h.at < c.at AND h.until > c.at - interval '30 days') AS lowest
              FROM (SELECT price, at FROM price_history WHERE variant = v.id ORDER BY at DESC, id DESC LIMIT 1) c
             WHERE c.price = v.price AND c.at > now() - interval '30 days') r)"""
"""SQL over a variant `v` with its present price: the lowest price practised in the 30 days before that one began, null when the
present price is no reduction. It is shown for 30 days at most; after that the present price is simply the price."""
