"""The files of deploy/ are true: they name variables, commands, ports, paths and folders that exist."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from cchc_app import routes
from cchc_app.cli import app as cchc
from cchc_app.data.crypto import new_environment
from cchc_app.deployment import problems
from cchc_app.services.preset_files import preset_names
from cchc_app.settings import ROOT, Settings

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
NODES = ("app-1", "app-2")
CADDY = (DEPLOY / "Caddyfile").read_text("utf-8")
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
UNIT = (DEPLOY / "cchc.service").read_text("utf-8")
VARIABLES = {f"CCHC_{name.upper()}" for name in Settings.model_fields}
COMMANDS = {command.name or command.callback.__name__ for command in cchc.registered_commands if command.callback}
ASKED = re.compile(r"\$\{(\w+)(:[?-][^}]*)?\}")
EXAMPLE = dict(
    line.split("=", 1) for line in (DEPLOY / "example.env").read_text("utf-8").splitlines() if not line.startswith("#")
)


def filled(value: str, given: dict[str, str]) -> str:
    """As compose would, from deploy/.env."""
    return ASKED.sub(lambda found: given.get(found[1]) or (found[2] or "").removeprefix(":-"), value)


@pytest.mark.parametrize("name", [*NODES, "init"])
def test_a_node_gets_settings_that_exist_and_start_production(name: str) -> None:
    environment: dict[str, str] = SERVICES[name]["environment"]
    assert environment.keys() <= VARIABLES
    given = {**EXAMPLE, "POSTGRES_PASSWORD": "abc123", **new_environment()}
    values = {key.removeprefix("CCHC_").lower(): filled(value, given) for key, value in environment.items()}
    settings = Settings.model_validate(values)
    assert problems(settings) == ()
    assert (settings.env, settings.is_https, settings.host_names) == ("production", True, {EXAMPLE["CCHC_DOMAIN"]})
    assert problems(settings.model_copy(update={"workers": 4})) == ()


def test_what_has_to_be_filled_in_is_listed_and_nothing_else() -> None:
    asked = {name for name, _ in ASKED.findall((DEPLOY / "compose.yaml").read_text("utf-8"))}
    assert asked == EXAMPLE.keys()
    # No secret has a value anybody could leave in place.
    assert {name for name, value in EXAMPLE.items() if not value} == {"POSTGRES_PASSWORD", *new_environment()}
    for name in ("CCHC_DOMAIN", "POSTGRES_PASSWORD", *new_environment()):
        assert re.search(rf"\$\{{{name}:\?", (DEPLOY / "compose.yaml").read_text("utf-8"))


def test_services_volumes_and_networks_that_are_named_exist() -> None:
    for name, service in SERVICES.items():
        assert set(service.get("depends_on", ())) <= SERVICES.keys(), name
        assert set(service.get("networks", ())) <= COMPOSE["networks"].keys(), name
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert (DEPLOY / source).is_file() if source.startswith(".") else source in COMPOSE["volumes"], volume
    settings = SERVICES["app-1"]["environment"]
    assert "@postgres/" in settings["CCHC_DATABASE_URL"]
    assert "//redis:" in settings["CCHC_REDIS_URL"]
    assert settings["CCHC_TRUSTED_PROXIES"] == COMPOSE["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    # Only the proxy is reached from outside.
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]


def test_ports_and_watched_addresses_match() -> None:
    port = Settings.model_fields["port"].default
    assert {int(SERVICES[node]["environment"]["CCHC_PORT"]) for node in NODES} == {port}
    upstreams = re.search(r"reverse_proxy ((?:\S+ )+)\{", CADDY)
    assert upstreams is not None
    assert upstreams[1].split() == [f"{node}:{port}" for node in NODES]
    assert re.findall(r"health_uri (\S+)", CADDY) == [routes.READY]
    assert re.findall(r"respond (\S+) 404", CADDY) == [routes.METRICS]
    assert re.findall(r"^EXPOSE (\d+)", DOCKERFILE, re.MULTILINE) == [str(port)]
    assert re.findall(r"http://127\.0\.0\.1:(\d+)(/\w+)", DOCKERFILE) == [(str(port), routes.READY)]
    assert "lb_policy" in CADDY
    assert not re.search("cookie|ip_hash|sticky_", CADDY)


def test_commands_are_commands_of_the_program() -> None:
    _, name, option, preset = SERVICES["init"]["command"]
    assert (name in COMMANDS, option, preset in preset_names()) == (True, "--preset", True)
    started = re.findall(r"^Exec\w+=/srv/cchc/\.venv/bin/cchc (\S+)$", UNIT, re.MULTILINE)
    assert started == ["migrate", "serve"]
    assert set(started) <= COMMANDS
    assert 'CMD ["cchc", "serve"]' in DOCKERFILE
    documented = re.findall(r"cchc ((?:new|create)-\w+|migrate)", (ROOT / "docs" / "deployment.md").read_text("utf-8"))
    assert documented
    assert set(documented) <= COMMANDS


def test_the_unit_names_variables_that_exist() -> None:
    assert set(re.findall(r"CCHC_\w+", UNIT)) <= VARIABLES
    assert re.search(r"^User=(?!root)\w+$", UNIT, re.MULTILINE)


def test_the_image_has_what_the_server_needs_and_runs_as_nobody_in_particular() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    for source in " ".join(copied).split():
        assert (ROOT / source).exists(), source
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER (?!root)\w+$", last, re.MULTILINE)
    assert last.index("USER ") < last.index("CMD [")
    needed = {"rxconfig.py", "alembic.ini", "alembic", "assets", "cchc_app", "pyproject.toml"}
    assert needed <= set(" ".join(re.findall(r"^COPY (?!--from)(.+) \S+$", last, re.MULTILINE)).split())
    assert set(re.findall(r"CCHC_\w+", DOCKERFILE)) <= VARIABLES
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.findall(r"UV_VERSION=(\S+)", DOCKERFILE) == re.findall(r"^UV := (\S+)", makefile, re.MULTILINE)
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").split()
    assert {".git", ".venv", "var", "*.env"} <= set(ignored)
    assert not {Path(source).name for source in needed} & set(ignored)
