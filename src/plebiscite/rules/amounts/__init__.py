"""Facts, and the amounts a law makes of them: exact, and honest about what is open."""
