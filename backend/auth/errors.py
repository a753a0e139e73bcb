from backend.core.errors import ConflictError, InvalidInputError, NotFoundError, UnauthenticatedError


class InvalidCredentialsError(UnauthenticatedError):
    """The one answer to a wrong e-mail, a wrong password and a disabled account."""

    code = "invalid_credentials"
    title = "Sign-in failed"

    def __init__(self) -> None:
        super().__init__("The e-mail address or the password is wrong.")

    @property
    def headers(self) -> dict[str, str]:
        return {}


class WrongPasswordError(InvalidInputError):
    """A signed-in user's own password, asked again. Not a 401: the session is good."""

    code = "wrong_password"
    title = "Wrong password"


class UserNotFoundError(NotFoundError):
    code = "user_not_found"
    title = "User not found"


class SessionNotFoundError(NotFoundError):
    code = "session_not_found"
    title = "Session not found"


class ApiKeyNotFoundError(NotFoundError):
    code = "api_key_not_found"
    title = "API key not found"


class EmailTakenError(ConflictError):
    code = "email_taken"
    title = "E-mail address in use"


class LastAdminError(ConflictError):
    """Nobody could administer the platform any more."""

    code = "last_admin"
    title = "The last active admin must stay one"
