"""The model as JSON records: a function for each kind of thing, with the context first."""
