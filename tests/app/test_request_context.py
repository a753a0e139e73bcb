from litestar.testing import RequestFactory

from backend.app.request_context import logged_path


def test_a_log_names_the_path_but_no_token_in_it() -> None:
    request = RequestFactory().get("/api/v1/delivery/unsubscribe/abc.def")
    assert logged_path(request) == "/api/v1/delivery/unsubscribe/abc.def"

    request.scope["path_params"] = {"token": "abc.def"}
    assert logged_path(request) == "/api/v1/delivery/unsubscribe/***"
