"""What was found of each line, by the record, by people and by the matcher."""
