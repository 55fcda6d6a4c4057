"""Tests on a Ray cluster of this machine's loopback: `make test-cluster`."""
