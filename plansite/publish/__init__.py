"""From finished files to a published site, and what is known of a copy of it."""
