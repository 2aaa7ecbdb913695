"""`python build.py ingest`: from an official document to the skeleton of a plan's data."""

from plansite.ingest.run import Ingested, IngestError, ingest

__all__ = ["IngestError", "Ingested", "ingest"]
