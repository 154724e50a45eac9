"""Nobody sees or changes what is another's: tried table by table and route by route."""
