# Sourced by the other scripts: installing Debian or Ubuntu packages, where that is allowed.
# Nothing here runs on its own.

# Sets `as_root` to the words that make a command run as root. Fails where the machine has no apt-get, where this
# user may not become root without a password, or where APT=no forbids it.
find_apt() {
    as_root=()
    [ "${APT:-yes}" != no ] || return 1
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" -eq 0 ] && return 0
    command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n env DEBIAN_FRONTEND=noninteractive)
}

# The packages among "$@" that are not installed, one a line.
missing_packages() {
    local package
    for package in "$@"; do
        case "$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null)" in
            ?i*) ;;
            *) printf '%s\n' "$package" ;;
        esac
    done
}

# Installs "$@". The package lists are fetched only when the first try fails, as on a machine that has none or old ones.
apt_install() {
    find_apt || return 1
    export DEBIAN_FRONTEND=noninteractive
    local log
    log=$(mktemp)
    if ! "${as_root[@]}" apt-get install -y -q --no-install-recommends "$@" </dev/null >"$log" 2>&1; then
        if ! { "${as_root[@]}" apt-get update -q &&
            "${as_root[@]}" apt-get install -y -q --no-install-recommends "$@"; } </dev/null >"$log" 2>&1; then
            tail -n 20 "$log" >&2
            rm -f "$log"
            return 1
        fi
    fi
    rm -f "$log"
}
