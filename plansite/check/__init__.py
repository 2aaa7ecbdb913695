"""Whether everything leads somewhere: links, what machines are told, published addresses, redirects."""
