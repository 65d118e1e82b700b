# Brings what the tests run beside Python: LibreOffice, a browser, fonts, PDF tools, the Open XML
# validator, Pyodide and axe.

OFFICE_NEEDED=25.2

# Both are empty where there is no /etc/os-release.
distribution() { (. /etc/os-release 2>/dev/null && say "${ID:-}") || true; }
code_name() { (. /etc/os-release 2>/dev/null && say "${VERSION_CODENAME:-}") || true; }

office_version() {
    has soffice || return 0
    soffice --version 2>/dev/null | sed -n 's/^LibreOffice \([0-9.]*\).*/\1/p'
}

# Ubuntu has one version for each release: there the one it has must do.
office_is_enough() {
    local version
    version=$(office_version)
    [ -n "$version" ] || return 1
    [ "$(distribution)" = ubuntu ] || at_least "$version" "$OFFICE_NEEDED"
}

# The bridge to LibreOffice belongs to the system's Python, not to the one in .venv.
has_bridge() { /usr/bin/python3 -c 'import uno' >/dev/null 2>&1; }

candidate_version() {
    apt-cache policy libreoffice-calc | sed -n 's/^ *Candidate: *\([0-9]*:\)\{0,1\}\([0-9.]*\).*/\2/p'
}

# Both print the machine's own source entry for a suite, with only the suite's name changed: the
# first from the newer form of source files, the second from lines. Either kind may be missing.
backports_stanza() {
    awk -v suite="$1" 'BEGIN { RS = ""; FS = "\n" }
        $0 ~ "(^|\n)Suites:[^\n]*[ \t]" suite "([ \t\n]|$)" {
            for (i = 1; i <= NF; i++) {
                if ($i ~ /^#/) continue
                if ($i ~ /^Suites:/) $i = "Suites: " suite "-backports"
                print $i
            }
            exit
        }' /etc/apt/sources.list.d/*.sources 2>/dev/null || true
}

backports_line() {
    { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null || true; } |
        sed -n "s/^\(deb  *\(\[[^]]*\]  *\)\{0,1\}[^ ]*  *\)$1  */\1$1-backports /p" | awk 'NR == 1'
}

write_source() {
    printf '%s\n' "$2" | as_root tee "/etc/apt/sources.list.d/$1" >/dev/null
}

add_backports() {
    local suite=$1 entry
    entry=$(backports_stanza "$suite")
    if [ -n "$entry" ]; then
        write_source "$suite-backports.sources" "$entry"
        return
    fi
    entry=$(backports_line "$suite")
    [ -n "$entry" ] || fail "No apt source of Debian $suite was found to copy for its backports suite."
    write_source "$suite-backports.list" "$entry"
}

has_suite() { apt-cache policy libreoffice-calc | grep " $1/" >/dev/null; }

install_office_from_backports() {
    local suite
    suite=$(code_name)
    if ! has_suite "$suite-backports"; then
        say "Adding Debian's suite $suite-backports, which has LibreOffice $OFFICE_NEEDED"
        add_backports "$suite"
        lists_are_fresh=no
    fi
    apt_install -t "$suite-backports" libreoffice-calc python3-uno
}

install_office() {
    can_install || fail "The tests need LibreOffice $OFFICE_NEEDED or later with its Python bridge (python3-uno)."
    refresh_lists
    if [ "$(distribution)" = debian ] && ! at_least "$(candidate_version)" "$OFFICE_NEEDED"; then
        install_office_from_backports
    else
        apt_install libreoffice-calc python3-uno
    fi
    office_is_enough || fail "The tests need LibreOffice $OFFICE_NEEDED; this system offers $(office_version)."
}

# grep reads to the end: with -q it would stop early, and the program before it fail.
has_font() { fc-list 2>/dev/null | grep -i "$1" >/dev/null; }

node_is_enough() {
    has node && has npm && at_least "$(node --version | tr -d v)" 18
}

# A Chromium that is a snap may not read the pages that tests write. The same names as in
# tests/browser/chromium.py.
has_browser() {
    local name found
    for name in chromium google-chrome google-chrome-stable; do
        found=$(readlink -f "$(command -v "$name")") || continue
        [ "$found" = /usr/bin/snap ] || return 0
    done
    return 1
}

browser_package() {
    [ "$(distribution)" != ubuntu ] ||
        fail "The tests need a browser. Ubuntu's Chromium is a snap, which may not read what they write: please install Google Chrome and run this again."
    say chromium
}

missing_packages() {
    has_font carlito || say fonts-crosextra-carlito
    has_font dejavu || say fonts-dejavu-core
    has_browser || browser_package
    has git || say git
    has pdftoppm || say poppler-utils
    node_is_enough || say nodejs npm
}

install_test_tools() {
    local missing
    { office_is_enough && has_bridge; } || install_office
    missing=$(missing_packages)
    # shellcheck disable=SC2086  # a list of names
    [ -z "$missing" ] || apt_install $missing
    node_is_enough || fail "The tests need Node 18 or later with npm."
}

# The packages of package.json: the validator, Pyodide, which runs what xlwings Lite runs, and axe,
# which finds what keeps people from using a page.
install_node_packages() {
    local stamp=.ci/node_modules/.ready
    [ "$(cat "$stamp" 2>/dev/null)" != "$(cksum <.ci/package-lock.json)" ] || return 0
    say "Installing the Open XML validator, Pyodide and axe"
    (cd .ci && npm ci --loglevel=error >/dev/null) || fail "npm could not install the Open XML validator, Pyodide and axe."
    cksum <.ci/package-lock.json >"$stamp"
}
