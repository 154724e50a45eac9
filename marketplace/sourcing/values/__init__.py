"""Pure readers of single values: prices, quantities, trade numbers, dates, weights, image lists."""
