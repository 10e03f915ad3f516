"""docker-compose.yml: valid, closed by default, and in step with what it names."""

import json
import re

import jsonschema
import pytest

ONE_SHOT = {"init", "tools"}
SECRETS = {
    "POSTGRES_PASSWORD",
    "DB_PASSWORD",
    "REPLICATION_PASSWORD",
    "MASTER_PASSWORD",
    "ADMIN_PASSWORD",
}
REFERENCE = re.compile(r"\$\{([A-Z_]+)(?:(:?[-?+])([^}]*))?\}")


def environment(service):
    return service.get("environment", {})


@pytest.fixture(scope="module")
def schema(root):
    return json.loads((root / "tests/data/compose-spec/compose-spec.json").read_text())


@pytest.fixture(scope="module")
def example(root):
    """Name and value of each line of .env.example, commented ones included."""
    text = (root / ".env.example").read_text()
    return dict(re.findall(r"^#?([A-Z_]+)=(.*)$", text, re.MULTILINE))


def test_schema(compose, schema):
    jsonschema.Draft7Validator(schema).validate(compose)


def test_schema_refuses_what_is_wrong(compose, schema):
    wrong = json.loads(json.dumps(compose))
    wrong["services"]["web"]["helthcheck"] = {}
    assert not jsonschema.Draft7Validator(schema).is_valid(wrong)


def test_services(services):
    assert set(services) == {
        "db",
        "db-replica",
        "init",
        "web",
        "jobs",
        "tools",
        "proxy",
    }


def test_images_are_pinned(services, root):
    images = [s["image"] for s in services.values() if "build" not in s]
    dockerfile = (root / "config/Dockerfile").read_text()
    images += re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    assert len(images) == 4
    for image in images:
        name, _, tag = image.partition(":")
        # An exact release, or the day of a nightly build
        assert re.match(r"\d+\.\d+(\.\d+)?-\w+|\d+\.\d+\.\d+", tag), image
    assert "odoo:19.0-" in " ".join(images)


def test_every_service_says_how_it_ends_and_how_it_fares(services):
    for name, service in services.items():
        if name in ONE_SHOT:
            assert service["restart"] == "no", name
            assert service["healthcheck"] == {"disable": True}, name
        else:
            assert service["restart"] == "unless-stopped", name
            assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL"), name
            assert service["deploy"]["resources"]["limits"]["memory"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert not service.get("privileged"), name


def test_only_the_proxy_is_reached_from_outside(services, compose):
    assert {name for name, s in services.items() if s.get("ports")} == {"proxy"}
    assert services["proxy"]["ports"] == ["80:80", "443:443"]
    assert compose["networks"]["back"]["internal"] is True
    assert services["db"]["networks"] == ["back"]
    assert services["db-replica"]["networks"] == ["back"]
    assert "back" not in services["proxy"]["networks"]


def test_odoo_waits_for_the_database_and_its_upgrade(services):
    for name in ("web", "jobs"):
        depends = services[name]["depends_on"]
        assert depends["db"] == {"condition": "service_healthy"}
        assert depends["init"] == {"condition": "service_completed_successfully"}


def test_secrets_have_no_value_of_their_own(compose, compose_text):
    """What is a secret by its name comes from the environment and is required."""
    found = set()
    for service in compose["services"].values():
        for name, value in environment(service).items():
            if "PASSWORD" not in name and "SECRET" not in name:
                continue
            reference = REFERENCE.fullmatch(value)
            assert reference, f"{name} is written in docker-compose.yml"
            variable, operator, _ = reference.groups()
            if variable == "SMTP_PASSWORD":
                # Some relays ask for none; the entrypoint asks where there is a user
                assert reference.group(2, 3) == (":-", "")
            else:
                assert operator == ":?", name
            found.add(variable)
    assert found == SECRETS | {"SMTP_PASSWORD"}
    assert "POSTGRES_HOST_AUTH_METHOD" not in compose_text


def test_required_variables_say_what_to_do(compose_text):
    required = {
        name: sentence
        for name, operator, sentence in REFERENCE.findall(compose_text)
        if operator == ":?"
    }
    assert set(required) == SECRETS | {
        "PUBLIC_HOST",
        "TLS_CERTIFICATE",
        "TLS_KEY",
        "MAIL_FROM",
        "SMTP_HOST",
    }
    for name, sentence in required.items():
        assert sentence.startswith(f"Set {name}, "), name
        assert sentence.endswith(" in .env"), name


def test_example_names_every_variable_and_no_secret(compose_text, example):
    used = {match[0]: match for match in REFERENCE.findall(compose_text)}
    # COMPOSE_PROFILES is read by Compose itself.
    assert set(example) == set(used) | {"COMPOSE_PROFILES"}
    for name, value in example.items():
        operator, default = used.get(name, ("", "", ""))[1:]
        if operator == ":?":
            assert value == "", f"{name} has a value in .env.example"
        elif operator == ":-" and default:
            assert value == default, f"{name}: .env.example tells another default"


def test_env_is_never_committed_nor_sent_to_a_build(root):
    ignored = (root / ".gitignore").read_text().splitlines()
    assert "/.env" in ignored
    assert (root / ".dockerignore").read_text().splitlines()[0] == "*"


def test_configuration_files_hold_no_secret(root):
    literal = re.compile(r"^\s*\w*passw(?:or)?d\w*\s*=\s*(?!\$\{)\S", re.MULTILINE)
    for name in ("config/odoo.conf.production", "config/Dockerfile"):
        assert not literal.search((root / name).read_text()), name


def test_job_runner_runs_on_one_node_only(services, root):
    conf = (root / "config/odoo.conf.production").read_text()
    assert "server_wide_modules = base,web,queue_job" in conf
    channels = "ODOO_QUEUE_JOB_CHANNELS"
    for name in ("init", "web", "tools"):
        assert environment(services[name])[channels] == "root:0"
        assert environment(services[name])["CRON_THREADS"] == "0"
    jobs = environment(services["jobs"])
    capacity = int(re.search(r"root:(\d+)", jobs[channels]).group(1))
    workers = int(REFERENCE.fullmatch(jobs["WORKERS"]).group(3))
    assert 0 < capacity < workers
    assert services["jobs"]["deploy"]["replicas"] == 1


def test_mounted_files_exist(services, root):
    mounted = [
        volume.split(":")[0]
        for service in services.values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    ]
    assert mounted
    for path in mounted:
        assert (root / path).is_file(), path


def test_volumes_are_declared_and_used(services, compose):
    named = {
        volume.split(":")[0]
        for service in services.values()
        for volume in service.get("volumes", [])
        if not volume.startswith((".", "$"))
    }
    assert named == set(compose["volumes"])
