"""A campaign in numbers: how far it is, what is still needed a day, at what cost."""
