"""Question sets, scorers, runs and what they found: are the answers right?"""
