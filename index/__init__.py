"""What is known: reports, their sentences and figures, and how they are found."""
