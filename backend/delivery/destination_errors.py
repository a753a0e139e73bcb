from backend.core.errors import ConflictError, NotFoundError


class DestinationNotFoundError(NotFoundError):
    code = "destination_not_found"
    title = "Destination not found"

    def __init__(self, destination_id: int) -> None:
        super().__init__(f"There is no destination {destination_id}.")


class NoSigningSecretError(ConflictError):
    code = "no_signing_secret"
    title = "Only webhooks are signed"

    def __init__(self, kind: str) -> None:
        super().__init__(f"A destination of the kind {kind} has no signing secret.")


class ChannelNotSetUpError(ConflictError):
    code = "channel_not_set_up"
    title = "No address is set up"

    def __init__(self, channel: str) -> None:
        super().__init__(f"The person has set up no address for {channel}.")


class NoMailServerError(ConflictError):
    code = "no_mail_server"
    title = "No mail server is set up"

    def __init__(self) -> None:
        super().__init__("No mail server is set up (TOCSIN_SMTP_URL), so that no mail can leave.")


class DestinationOffError(ConflictError):
    code = "destination_off"
    title = "The destination is switched off"

    def __init__(self, destination_id: int) -> None:
        super().__init__(f"Destination {destination_id} is switched off; switch it on first.")
