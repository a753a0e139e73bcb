from backend.core.errors import ConflictError, NotFoundError


class SilenceNotFoundError(NotFoundError):
    code = "silence_not_found"
    title = "Silence not found"

    def __init__(self, silence_id: int) -> None:
        super().__init__(f"There is no silence {silence_id}.")


class SilenceEndedError(ConflictError):
    code = "silence_ended"
    title = "The silence has ended already"

    def __init__(self, silence_id: int) -> None:
        super().__init__(f"Silence {silence_id} has ended already.")
