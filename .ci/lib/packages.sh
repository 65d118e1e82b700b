# Speaks to the user, and to the system's package manager.

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

can_install() {
    has apt-get && { [ "$(id -u)" -eq 0 ] || has sudo; }
}

# Package lists are fetched once a run, and only when something is to be installed.
lists_are_fresh=no

refresh_lists() {
    [ "$lists_are_fresh" = no ] || return 0
    # Stale lists may still be good enough; if not, the installation itself says so.
    as_root apt-get -qq update || say "apt could not refresh its lists; going on with those it has."
    lists_are_fresh=yes
}

# What apt says is shown only when it fails.
apt_install() {
    local output
    can_install || fail "Please install with your system's package manager and run this again: $*"
    say "Installing $*"
    refresh_lists
    output=$(as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
        -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 install "$@" 2>&1) || {
        say "$output" >&2
        fail "apt could not install: $*"
    }
}

# Is version $1 at least version $2?
at_least() {
    [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}
