"""Question in, proved answer or honest refusal out."""
