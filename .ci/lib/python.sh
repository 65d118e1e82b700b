# Makes .venv with the project in it, at the versions of constraints.txt.

# A name on PATH may be a launcher for a version that is not there, hence each one is run.
is_suitable_python() {
    has "$1" && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11; do
        if is_suitable_python "$name"; then
            say "$name"
            return
        fi
    done
    return 1
}

# A machine without any Python gets its distribution's; one with an old Python keeps it.
python_or_fail() {
    find_python && return
    if ! has python3 && can_install; then
        apt_install python3 python3-venv >&2
        find_python && return
    fi
    fail "Tablero needs Python 3.11 or later, and none was found on this machine."
}

can_make_environments() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null
}

# Debian and Ubuntu keep the venv module in a package of its own.
provide_venv() {
    can_make_environments "$1" && return
    can_install || fail "Python's venv module is missing here, and there is no apt to install it with."
    apt_install "$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    can_make_environments "$1" || fail "Python's venv module is missing and apt could not provide it."
}

environment_works() {
    .venv/bin/python -m pip --version >/dev/null 2>&1
}

create_environment() {
    local python
    environment_works && return
    python=$(python_or_fail)
    provide_venv "$python"
    "$python" -m venv --clear .venv
}

# What the environment was made from, and where: scripts in it know their own place.
fingerprint() {
    printf '%s %s' "$(cat pyproject.toml .ci/constraints.txt | cksum)" "$PWD"
}

# An environment made for the tests is also good for a plain run.
is_installed() {
    local stamp
    environment_works || return 1
    for stamp in ".venv/ready$1" .venv/ready-test; do
        [ "$(cat "$stamp" 2>/dev/null)" != "$(fingerprint)" ] || return 0
    done
    return 1
}

# The constraints hold for the isolated build as well (older pip reads the first variable for it,
# newer pip the second). The path is relative because pip splits these variables at blanks.
install_project() {
    say "Installing the project into .venv"
    PIP_CONSTRAINT=.ci/constraints.txt PIP_BUILD_CONSTRAINT=.ci/constraints.txt \
        PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet --editable "$1" ||
        fail "pip could not install the project; its message is above."
}

# $1: nothing for a plain run, "-test" to have the test extras as well.
make_environment() {
    is_installed "$1" && return
    create_environment
    rm -f .venv/ready .venv/ready-test
    case "$1" in
    -test) install_project ".[test]" ;;
    *) install_project "." ;;
    esac
    fingerprint >".venv/ready$1"
}
