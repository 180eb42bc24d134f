"""Reports in: load, clean, date, split, find figures, hand to the index."""
