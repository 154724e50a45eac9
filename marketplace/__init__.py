"""A dropshipping marketplace: merchants' storefronts, their suppliers' feeds, and the orders between them."""
