"""What the public page of a measure shows, put together from the measure's folder.

Everything here is a value: the web page, its JSON, its tables and its pictures are
drawings of one `Page`, so that they cannot say different things.
"""
