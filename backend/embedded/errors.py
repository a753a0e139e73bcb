"""Why Tocsin cannot start: each is one sentence for the person at the terminal."""


class StartError(Exception):
    """The message is complete; print it without a traceback."""


class AlreadyRunningError(StartError):
    pass


class DiskFullError(StartError):
    pass


class FolderUnusableError(StartError):
    pass


class PortTakenError(StartError):
    pass


class ServiceFailedError(StartError):
    pass


class UnreachableError(StartError):
    pass
