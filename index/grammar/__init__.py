"""Rules of the two languages: words, numbers, periods, places. No files, no models.

Patterns are written without diacritics and matched against folded text, so
that officials who type without diacritics are understood like the others.
"""
