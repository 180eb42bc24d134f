"""The page: what it says, how answers and reports look, what browsers may do."""
