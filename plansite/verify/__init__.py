"""The proof: what the data says, held against the official documents."""
