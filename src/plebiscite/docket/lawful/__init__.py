"""What the law says of an event, where the law and the measure are known."""
