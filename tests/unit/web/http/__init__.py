"""Tests of nnlab/web/http."""
