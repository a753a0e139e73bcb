from backend.delivery.texts import Wording


def held_back(count: int, words: Wording) -> str:
    """How many messages a throttle kept back, as a title."""
    return words.held_back_one if count == 1 else words.held_back_many.format(count=count)
