"""The real thing, on a copy of the template: killed, interrupted, served again."""

import http.client
import json
import signal
import socket
import time

import pytest

from cli import server


def test_killed_while_the_database_is_made_then_run_again(network):
    seen = {}
    for line in network.splitlines():
        words = line.split()
        if words and words[0].startswith("/"):
            seen[words[0]] = words[1]
    assert seen.pop("/") == "200"
    assert seen.pop("/web/login") == "200"
    assert set(seen.values()) <= {"200"}


def test_nothing_is_left_running(sandbox, network):
    assert sandbox.processes() == []


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_stops_all(sandbox, network, sign):
    port = server.free_port()
    launched = sandbox.start("up", "--port", port)
    launched.until(f"Tierslieux is at http://localhost:{port}")
    launched.until("Ctrl-C stops it.")
    assert " / " in launched.output, "a login for each kind of user"
    assert sandbox.processes()
    assert launched.end(sign) == 0
    assert launched.output.endswith("\nStopped.\n")
    assert sandbox.processes() == []
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_killed_it_leaves_its_port_free(sandbox, network):
    port = server.free_port()
    for _time in range(2):
        launched = sandbox.start("up", "--port", port)
        launched.until("Ctrl-C stops it.")
        launched.end(signal.SIGKILL)
        sandbox.wait_for(lambda: not sandbox.processes(), 20)


def test_another_size_is_refused(sandbox, network):
    stamp = sandbox.databases.stamp(sandbox.prefix)
    if "demo" not in stamp:
        assert "tierslieux_demo" not in stamp["addons"]
        return
    output = sandbox.run("up", "--check", "--people", "13", code=1)
    assert "already holds 8 venues and 12 people" in output.splitlines()[-1]


def test_a_changed_module_is_upgraded(sandbox, network):
    """The stamp tells an older state of the files: `update` upgrades that module."""
    stamp = sandbox.databases.stamp(sandbox.prefix)
    name = next(iter(stamp["addons"]))
    sandbox.databases.write_stamp(
        sandbox.prefix, {**stamp, "addons": {**stamp["addons"], name: "older"}}
    )
    output = sandbox.run("update")
    assert f"Upgrading {sandbox.prefix}: {name} · " in output
    assert sandbox.databases.stamp(sandbox.prefix) == stamp
    assert "Upgrading" not in sandbox.run("update")


def answer_time(port, process):
    """Seconds until the home page answers."""
    start = time.monotonic()
    while process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/")
            if connection.getresponse().read():
                return time.monotonic() - start
        except OSError:
            time.sleep(0.02)
        finally:
            connection.close()
    raise AssertionError("it stopped")


def test_a_second_up_takes_less_than_twice_a_bare_start(sandbox, network):
    from cli import environment, running

    def bare():
        port = server.free_port()
        conf = sandbox.folder / "run" / f"odoo-{sandbox.prefix}.conf"
        process = running.start(
            [environment.python(), "-m", "odoo", "server", "-c", conf]
            + ["--http-port", port],
            stdout=-3,
            stderr=-3,
            cwd=sandbox.folder,
        )
        try:
            return answer_time(port, process)
        finally:
            running.stop(process)

    def ours():
        port = server.free_port()
        launched = sandbox.start("up", "--port", port)
        try:
            return answer_time(port, launched.process)
        finally:
            launched.end(signal.SIGTERM)

    # Once is enough, unless the machine was busy with something else meanwhile.
    assert any(ours() < 2 * bare() for _time in range(3))


def test_logins_are_kept_with_the_network(sandbox, network):
    path = sandbox.folder / "run" / f"logins-{sandbox.prefix}.json"
    if "demo" in sandbox.databases.stamp(sandbox.prefix):
        for entry in json.loads(path.read_text()):
            assert {"role", "login", "password"} <= set(entry)
