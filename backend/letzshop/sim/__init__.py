"""A GraphQL server that behaves as Letzshop's, with faults on demand: for tests, the demo, and who has no key.

Knows nothing of the client beside it: the two meet over HTTP alone.
"""
