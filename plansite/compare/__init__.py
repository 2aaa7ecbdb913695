"""Several plans beside each other: numbers, tasks, wording."""
