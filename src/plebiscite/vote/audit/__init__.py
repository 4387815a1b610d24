"""Risk-limiting audits of a yes/no question: is the reported outcome right?"""
