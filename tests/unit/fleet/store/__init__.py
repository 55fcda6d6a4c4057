"""Tests of nnlab/fleet/store."""
