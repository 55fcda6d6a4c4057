"""What a person asked for: the table of fields, its rules and its words."""
