import msgspec


class Named(msgspec.Struct, frozen=True):
    """Something else's id with its name, as pages show it."""

    id: int
    name: str
