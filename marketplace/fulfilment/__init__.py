"""Orders to suppliers: sent, answered, shipped."""
