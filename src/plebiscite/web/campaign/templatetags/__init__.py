"""What the templates of the campaign desk say numbers with."""
