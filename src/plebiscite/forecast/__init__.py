"""Does it stand a chance? Polls, pace, hurdles, and the record of past forecasts.

Floats live here and in the report alone; what a law counts is still counted by the
rules. Every function takes the day it knows (``as_of``) and uses nothing dated later.
"""
