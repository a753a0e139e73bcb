"""People, their sessions and machines' keys: who is asking, and how they prove it."""

from backend.auth.api_keys import ApiKeyService
from backend.auth.authenticate import authenticate_key, authenticate_session, has_role, is_session_alive
from backend.auth.cookies import expired_cookie, session_cookie, session_cookie_name
from backend.auth.errors import UserNotFoundError
from backend.auth.events import EmailChanged, LoginFlood
from backend.auth.models import User
from backend.auth.people import Account, everybody
from backend.auth.person import Person, person
from backend.auth.service import AuthService, UserChanges
from backend.auth.sign_in import SignIn, Visitor
from backend.core.principal import Principal
from backend.db.names import names_of

names_of_users = names_of("users")

__all__ = [
    "Account",
    "ApiKeyService",
    "AuthService",
    "EmailChanged",
    "LoginFlood",
    "Person",
    "Principal",
    "SignIn",
    "User",
    "UserChanges",
    "UserNotFoundError",
    "Visitor",
    "authenticate_key",
    "authenticate_session",
    "everybody",
    "expired_cookie",
    "has_role",
    "is_session_alive",
    "names_of_users",
    "person",
    "session_cookie",
    "session_cookie_name",
]
