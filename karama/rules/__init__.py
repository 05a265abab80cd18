"""The rules of the programme: pure functions on the standard library, with `now` as an argument.

No database, no clock, no randomness and no language: a rule answers in codes, and a screen finds the words.
"""
