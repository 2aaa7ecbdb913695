"""What the fields of the JSON files mean: `parts.py` what several have, the others one kind of record each."""
