"""Batch endpoints: their data plane, and the job that scores files in mini-batches."""
