"""What the reader learns from, how it is trained, and how well it reads."""
