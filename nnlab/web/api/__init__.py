"""The JSON API, one file a subject. Routes parse, call the fleet and answer; they catch nothing."""
