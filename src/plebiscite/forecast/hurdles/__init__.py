"""The hurdles of a measure, one after another, and the chance of passing them all.

Every hurdle is a chance *given* what all hurdles share: the mood, opinion, who turns
out. Given that, they are independent, so that no coin is ever tossed and a chance of
one in a million needs no million of trials.
"""
