"""The proxy's configuration, parsed as nginx parses it and asked about routes."""

import re

import crossplane
import pytest

# Known to the nginx of docker-compose.yml, younger than the parser's list
YOUNGER = {"http2", "ssl_reject_handshake", "proxy_cookie_flags"}


@pytest.fixture(scope="module")
def http(root, tmp_path_factory):
    """The directives of the template inside nginx's own http block."""
    folder = tmp_path_factory.mktemp("nginx")
    text = (root / "config/nginx/default.conf.template").read_text()
    (folder / "default.conf").write_text(
        text.replace("${PUBLIC_HOST}", "erp.example.org")
    )
    main = folder / "nginx.conf"
    main.write_text("events {}\nhttp { include default.conf; }\n")
    # Context and arguments of each directive are checked.
    parsed = crossplane.parse(str(main), combine=True)
    assert parsed["status"] == "ok", parsed["errors"]
    (block,) = [d for d in parsed["config"][0]["parsed"] if d["directive"] == "http"]
    strict = crossplane.parse(str(main), strict=True)
    maps = {d["directive"] for m in select(block, "map") for d in m["block"]}
    unknown = {
        re.search(r'unknown directive "(\w*)"', error["error"]).group(1)
        for error in strict["errors"]
    }
    assert unknown == YOUNGER | maps
    return block


def select(block, directive, *arguments):
    return [
        d
        for d in block["block"]
        if d["directive"] == directive and d["args"][: len(arguments)] == [*arguments]
    ]


@pytest.fixture(scope="module")
def site(http):
    (found,) = [
        server
        for server in select(http, "server")
        if select(server, "server_name", "erp.example.org")
    ]
    return found


def route(site, path):
    """The location nginx takes: exact, else first regular expression, else "/"."""
    locations = select(site, "location")
    for location in locations:
        if location["args"] == ["=", path]:
            return location
    for location in locations:
        kind, pattern = location["args"][0], location["args"][-1]
        if kind == "~" and re.search(pattern, path):
            return location
    return next(d for d in locations if d["args"] == ["/"])


def value(location, directive):
    found = select(location, directive)
    return found[0]["args"][0] if found else None


@pytest.mark.parametrize(
    ("path", "upstream"),
    [
        ("/", "$odoo_http"),
        ("/fr/lieux", "$odoo_http"),
        ("/web/login", "$odoo_http"),
        ("/websocket", "$odoo_gevent"),
        ("/websocket/health", "$odoo_http"),
        ("/web/assets/1/abc/web.assets_web.min.js", "$odoo_http"),
    ],
)
def test_upstream(site, path, upstream):
    assert value(route(site, path), "proxy_pass") == upstream
    ports = {d["args"][0]: d["args"][1] for d in select(site, "set")}
    assert ports == {
        "$odoo_http": "http://web:8069",
        "$odoo_gevent": "http://web:8072",
    }


@pytest.mark.parametrize(
    "path",
    [
        "/web/database/manager",
        "/fr/web/database/selector",
        "/fr_BE/web/database/backup",
        "/queue_job/runjob",
    ],
)
def test_not_for_the_public(site, path):
    location = route(site, path)
    assert value(location, "return") == "404"
    assert value(location, "proxy_pass") is None


@pytest.mark.parametrize(
    ("path", "zone"),
    [
        ("/web/login", "zone=login"),
        ("/fr/web/login", "zone=login"),
        ("/web/login/totp", "zone=login"),
        ("/web/reset_password", "zone=login"),
        ("/web/signup", "zone=login"),
        ("/web/session/authenticate", "zone=login"),
        ("/json/2/res.partner/search", "zone=rpc"),
        ("/xmlrpc/2/common", "zone=rpc"),
        ("/web/login_successful", None),
        ("/lieux", None),
    ],
)
def test_rate_limit(site, path, zone):
    assert value(route(site, path), "limit_req") == zone


def test_attempts_are_counted_by_address(http):
    zones = {d["args"][1]: d["args"] for d in select(http, "limit_req_zone")}
    assert zones["zone=login:10m"][0] == "$login_attempt"
    (attempts,) = select(http, "map", "$request_method", "$login_attempt")
    assert {d["directive"]: d["args"] for d in attempts["block"]} == {
        "default": [""],
        "POST": ["$binary_remote_addr"],
    }
    assert select(http, "limit_req_status", "429")


def test_headers_odoo_trusts_are_the_proxys_own(site):
    headers = {d["args"][0]: d["args"][1] for d in select(site, "proxy_set_header")}
    assert headers == {
        "Host": "$host",
        "X-Forwarded-Host": "$host",
        "X-Forwarded-For": "$remote_addr",
        "X-Forwarded-Proto": "$scheme",
        "X-Real-IP": "$remote_addr",
        "X-Odoo-Database": "",
        "Upgrade": "$http_upgrade",
        "Connection": "$connection_upgrade",
    }


def test_no_location_drops_the_headers_of_the_site(site):
    """A header set in a location would replace all those of the server block."""
    names = {d["args"][0] for d in select(site, "add_header")}
    assert names >= {
        "Strict-Transport-Security",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "Referrer-Policy",
        "Permissions-Policy",
    }
    assert all(d["args"][-1] == "always" for d in select(site, "add_header"))
    for location in select(site, "location"):
        assert not select(location, "add_header")
        assert not select(location, "proxy_set_header")


@pytest.mark.parametrize(
    ("path", "cache"),
    [
        ("/web/static/img/favicon.ico", "static"),
        ("/tierslieux_network/static/src/map.js", "static"),
        ("/web/assets/1/abc/web.assets_web.min.js", "static"),
        ("/web/content/12", None),
        ("/lieux", None),
    ],
)
def test_cache_holds_static_files_only(site, path, cache):
    assert value(route(site, path), "proxy_cache") == cache


def test_plain_http_only_redirects(http):
    (plain,) = [s for s in select(http, "server") if select(s, "listen", "80")]
    (everything,) = select(plain, "location", "/")
    assert select(everything, "return", "301", "https://erp.example.org$request_uri")
    assert not any(select(d, "proxy_pass") for d in select(plain, "location"))
    assert select(plain, "location", "=", "/healthz")


def test_other_names_get_no_answer(http):
    (other,) = [
        s for s in select(http, "server") if select(s, "ssl_reject_handshake", "on")
    ]
    assert select(other, "listen", "443", "ssl", "default_server")


def test_text_is_compressed(site):
    assert select(site, "gzip", "on")
    (types,) = select(site, "gzip_types")
    assert {"application/javascript", "application/json", "text/css"} <= set(
        types["args"]
    )
