# shellcheck shell=bash
# Shared by real-odoo and test-servers: Debian roots, ports, processes.
#
# Every outside server lives in a Debian root of its own (debootstrap) below $SERVERS, is entered with chroot inside a
# private mount namespace, and so leaves nothing on the machine: no mounts to clean up, no system daemons, no packages
# but debootstrap itself. Removing the folder removes the server.
#
# Exit codes of the scripts: 0 done, 1 it should work but does not, 2 usage, 75 this machine cannot.

readonly EX_CANNOT=75
REPOSITORY=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly REPOSITORY
readonly SERVERS=${POSTORDER_SERVERS_DIR:-$REPOSITORY/.servers}
# Said before each message; a script sets it to the server it speaks of.
SPEAKER=$(basename "$0")

say() { printf '%s: %s\n' "$SPEAKER" "$*" >&2; }
fail() {
    say "$*"
    exit 1
}
cannot() {
    say "cannot here: $*"
    exit "$EX_CANNOT"
}
usage_error() {
    say "$* (see --help)"
    exit 2
}

# fail_with_log MESSAGE FILE: exit 1, showing the end of the log that says why.
fail_with_log() {
    say "$1; the end of $2:"
    tail -n 30 -- "$2" 2>/dev/null | sed 's/^/    /' >&2 || true
    exit 1
}

# lock FILE: waits for, then holds, the exclusive lock on FILE (as descriptor 9) until this shell ends.
# Daemons must be started with 9>&- or they would hold it too.
lock() {
    mkdir -p "$(dirname "$1")"
    exec 9>"$1"
    flock -n 9 && return
    say "waiting for another run that holds $1"
    flock -w 3000 9 || fail "another run has held $1 for 50 minutes: end it, then try again"
}

require_root() {
    [[ $(id -u) -eq 0 ]] || cannot "a Debian root is needed for this, and making one needs root"
    command -v unshare >/dev/null || cannot "the command 'unshare' (util-linux) is missing"
    unshare --mount --propagation private true 2>/dev/null || cannot "private mount namespaces are not permitted"
}

# ---- ports -------------------------------------------------------------------------------------------------------

port_busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# choose_port WHAT DEFAULT WANTED VARIABLE: prints a free port: WANTED where given (busy: exit 1), else DEFAULT, else
# the next free one after it.
choose_port() {
    local what=$1 port=$2 wanted=$3 variable=$4 try
    if [[ -n $wanted ]]; then
        [[ $wanted =~ ^[0-9]{1,5}$ && $wanted -ge 1 && $wanted -le 65535 ]] || fail "$variable=$wanted is no port number"
        port_busy "$wanted" && fail "port $wanted ($variable) is taken by another program"
        echo "$wanted"
        return
    fi
    for try in 0 20 40 60 80 220 240 260 280; do
        if ! port_busy "$((port + try))"; then
            [[ $try -eq 0 ]] || say "port $port is taken by another program: $what uses $((port + try))"
            echo "$((port + try))"
            return
        fi
    done
    fail "port $port and the ones tried after it are taken: set $variable"
}

# ---- Debian roots ------------------------------------------------------------------------------------------------

# The Debian mirror that this host itself uses; $POSTORDER_DEBIAN_MIRROR where set.
debian_mirror() {
    if [[ -n ${POSTORDER_DEBIAN_MIRROR:-} ]]; then
        echo "$POSTORDER_DEBIAN_MIRROR"
        return
    fi
    local mirror
    # shellcheck disable=SC2016 # $(…) is apt's own format, not the shell's
    mirror=$(apt-get indextargets --format '$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        sed -n 's/^Debian|//p' | head -n 1)
    if [[ -z $mirror ]]; then # package lists never fetched: read the sources themselves
        mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} 2>/dev/null |
            sed -nE 's/^(URIs:|deb( \[[^]]*\])?) *(https?:[^ ]*\/debian)\/?( .*)?$/\3/p' | head -n 1)
    fi
    [[ -n $mirror ]] || cannot "the apt sources name no Debian mirror (set POSTORDER_DEBIAN_MIRROR)"
    echo "${mirror%/}"
}

require_debootstrap() {
    command -v debootstrap >/dev/null && return
    command -v apt-get >/dev/null || cannot "debootstrap is missing, and so is apt-get to install it"
    mkdir -p "$SERVERS"
    (
        flock 8 # servers are installed side by side, and apt refuses the second of two
        command -v debootstrap >/dev/null && exit
        say "installing debootstrap"
        { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends debootstrap; } \
            >"$SERVERS/debootstrap-install.log" 2>&1
    ) 8>"$SERVERS/debootstrap.lock" ||
        cannot "debootstrap is missing and apt cannot install it ($SERVERS/debootstrap-install.log)"
}

# in_root ROOT USER COMMAND…: runs a command inside a root, with its own /proc and the host's /dev.
# The mounts live in a private namespace and vanish with the last process in it.
in_root() {
    local root=$1 user=$2
    shift 2
    # shellcheck disable=SC2016 # expanded by the inner shell
    unshare --mount --propagation private sh -c '
        root=$1 user=$2; shift 2
        mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" &&
        exec chroot --userspec="$user:$user" "$root" env -i HOME=/tmp LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
    ' in_root "$root" "$user" "$@"
}

# pids_in ROOT [USER]: the processes whose root is ROOT, whoever started them; only that user's of the root, if given.
pids_in() {
    local link pid uid=''
    if [[ -n ${2:-} ]]; then uid=$(awk -F: -v name="$2" '$1 == name { print $3 }' "$1/etc/passwd"); fi
    for link in /proc/[0-9]*/root; do
        if [[ $link -ef $1 && (-z $uid || $(stat -c %u "${link%/root}" 2>/dev/null) == "$uid") ]]; then
            pid=${link#/proc/}
            echo "${pid%/root}"
        fi
    done
}

# lives_in PID ROOT: that process is there, and it is one of ROOT's (a number may have been given to another program).
lives_in() { [[ $1 =~ ^[0-9]+$ && "/proc/$1/root" -ef $2 ]]; }

# end_all ROOT [USER]: ends every process of ROOT (or only that user's), politely first.
end_all() {
    local pids deadline=$((SECONDS + 20))
    mapfile -t pids < <(pids_in "$@")
    [[ ${#pids[@]} -gt 0 ]] || return 0
    kill -TERM "${pids[@]}" 2>/dev/null || true
    while mapfile -t pids < <(pids_in "$@") && [[ ${#pids[@]} -gt 0 ]]; do
        [[ $SECONDS -lt $deadline ]] || kill -KILL "${pids[@]}" 2>/dev/null || true
        sleep 0.1
    done
}

# remove_root ROOT: removes it, but never through a mount that somebody made below it.
remove_root() {
    [[ -e $1 ]] || return 0
    end_all "$1"
    if grep -qF " $(realpath "$1")/" /proc/self/mountinfo; then
        fail "something is mounted below $1: unmount it first, or removing would reach through it"
    fi
    rm -rf --one-file-system -- "$1"
}

# make_root ROOT SUITE LOG: a bare Debian of that suite; removes a half-made one first.
make_root() {
    local root=$1 suite=$2 log=$3 mirror keyring
    [[ -e $root.made ]] && return
    require_debootstrap
    mirror=$(debian_mirror) || exit
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    say "making a Debian root ($suite)"
    remove_root "$root"
    mkdir -p "$root"
    debootstrap --variant=minbase --components=main --include=ca-certificates \
        "$([[ -e $keyring ]] && echo "--keyring=$keyring" || echo --force-check-gpg)" \
        "$suite" "$root" "$mirror" >"$log" 2>&1 || {
        grep -qE "Failed getting release|Couldn't download|No such script|Invalid Release" "$log" &&
            cannot "debootstrap cannot fetch $suite: $(grep -E '^E:' "$log" | tail -n 1)"
        fail_with_log "debootstrap of $suite failed" "$log"
    }
    configure_root "$root" "$suite" "$mirror"
    touch "$root.made"
}

# configure_root ROOT SUITE MIRROR: package settings: nothing is started on installing, nothing unneeded is installed.
configure_root() {
    local root=$1 suite=$2 mirror=$3
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod 755 "$root/usr/sbin/policy-rc.d"
    # The archive's release files may count as expired on a machine whose mirror is a snapshot.
    cat >"$root/etc/apt/apt.conf.d/90postorder" <<'EOF'
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
Acquire::Retries "3";
APT::Install-Recommends "false";
EOF
    apt-config dump 2>/dev/null | grep -iE '^Acquire::https?::Proxy' >>"$root/etc/apt/apt.conf.d/90postorder" || true
    printf 'path-exclude=/usr/share/doc/*\npath-exclude=/usr/share/man/*\nforce-unsafe-io\n' \
        >"$root/etc/dpkg/dpkg.cfg.d/90postorder"
    echo "deb $mirror $suite main" >"$root/etc/apt/sources.list"
}

# install_packages ROOT LOG PACKAGE…: 75 where they cannot be had, 1 where they do not install.
install_packages() {
    local root=$1 log=$2
    shift 2
    end_all "$root" # an interrupted run's apt would hold the lock
    cat /etc/resolv.conf >"$root/etc/resolv.conf" 2>/dev/null || true
    cp /etc/hosts "$root/etc/hosts"
    : >"$log"
    in_root "$root" root sh -c 'dpkg --configure -a && apt-get -y -f install' >>"$log" 2>&1 || true # a half-done run
    in_root "$root" root apt-get update >>"$log" 2>&1 || cannot "the package lists cannot be fetched ($log)"
    in_root "$root" root apt-get install -y --download-only "$@" >>"$log" 2>&1 ||
        cannot "packages cannot be had: $(grep -E '^E:' "$log" | tail -n 1) ($log)"
    in_root "$root" root apt-get install -y "$@" >>"$log" 2>&1 || fail_with_log "installing $* failed" "$log"
    in_root "$root" root apt-get clean >>"$log" 2>&1
}
