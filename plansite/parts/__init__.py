"""What several kinds of page share: rows, sentences, charts."""
