"""The vote: from results to what the law makes of them.

Results come in (`intake`), are checked before anything is judged (`canvass`), and are
judged by a law (`outcome`); what they mean beside others is asked afterwards (`after`).
"""
