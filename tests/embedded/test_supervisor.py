import http.server
import threading
from collections.abc import Iterator

import pytest

from backend.embedded.supervisor import all_answer, answers


class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/health/ready" else 503)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Health) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_only_a_200_is_an_answer(address: str) -> None:
    assert answers(f"{address}/health/ready")
    assert not answers(f"{address}/elsewhere")


def test_silence_is_no_answer() -> None:
    assert not answers("http://127.0.0.1:1/health/ready")


def test_all_must_answer(address: str) -> None:
    assert all_answer([])
    assert all_answer([f"{address}/health/ready"])
    assert not all_answer([f"{address}/health/ready", f"{address}/elsewhere"])
