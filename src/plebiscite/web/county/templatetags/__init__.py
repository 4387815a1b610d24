"""Words and addresses the desk's templates use."""
