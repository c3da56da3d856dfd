# SPDX-License-Identifier: MIT
#
# Debian's archive, read through an apt of our own: own lists, own (empty)
# status, in the prefix.  Only the mirror's address and the machine's proxy
# settings are shared with the system's apt.

declare -A suite_name=([base]=bookworm [next]=trixie [later]=forky)
declare -A apt_ready=()

# The URI of the first apt source that offers suite $1, in either syntax.
machine_mirror()
{
    local want=$1 files=()
    for f in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
        [ -f "$f" ] && files+=("$f")
    done
    [ ${#files[@]} -gt 0 ] || return 0
    awk -v want="$want" '
        FNR == 1 { uri = ""; fits = 0 }
        /^[[:space:]]*#/ { next }
        FILENAME ~ /\.sources$/ && /^$/ { uri = ""; fits = 0 }
        FILENAME ~ /\.sources$/ && $1 == "URIs:" { uri = $2 }
        FILENAME ~ /\.sources$/ && $1 == "Suites:" { for (i = 2; i <= NF; i++) if ($i == want) fits = 1 }
        FILENAME ~ /\.sources$/ && uri != "" && fits { print uri; exit }
        FILENAME !~ /\.sources$/ && $1 == "deb" {
            i = 2
            if ($i ~ /^\[/) { while ($i !~ /\]$/) i++; i++ }
            if ($(i + 1) == want && $i !~ /^cdrom/) { print $i; exit }
        }' "${files[@]}"
}

find_mirrors()
{
    [ -z "${mirror:-}" ] || return 0
    local codename
    codename=$(. /etc/os-release; echo "${VERSION_CODENAME:-}")
    mirror=${AARCH64_WASM_MIRROR:-$(machine_mirror "$codename")}
    [ -n "$mirror" ] || mirror=$(machine_mirror stable)
    [ -n "$mirror" ] || die "no Debian mirror found in /etc/apt." \
        "Name one:  AARCH64_WASM_MIRROR=http://HOST/debian sh cmake/setup.sh ..."
    mirror=${mirror%/}
    security=
    [ -n "${AARCH64_WASM_MIRROR:-}" ] || security=$(machine_mirror "$codename-security")
    [ -n "$security" ] || security=$mirror-security
}

mirror_failed()
{
    grep -E '^(E:|Err)' "$1" | head -n 6 | sed 's/^/    /' >&2 || true
    if grep -qE 'Unable to (locate|find)|no installation candidate' "$1"; then
        die "${suite_name[$2]} on $mirror has no such package (see above)." \
            "If it moved on, say what replaces it in cmake/setup/packages.tab."
    fi
    die "cannot read ${suite_name[$2]} from $mirror (see above)." \
        "Check the network and the proxy settings of apt, try again later, or name another mirror:" \
        "AARCH64_WASM_MIRROR=http://HOST/debian sh cmake/setup.sh ..."
}

# apt_private KEY COMMAND...: apt-get on the suite's own lists.
apt_private()
{
    local key=$1; shift
    apt-get -c "$prefix/apt/$key/apt.conf" "$@"
}

# Makes the lists of suite $1 usable; those of the last hours are taken as they are.
apt_prepare()
{
    local key=$1 dir=$prefix/apt/$1 suite=${suite_name[$1]} by=
    [ -z "${apt_ready[$key]:-}" ] || return 0
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
        die "apt-get and dpkg-deb are needed: set-up unpacks Debian packages."
    find_mirrors
    if [ -n "$(find "$dir/updated" -mmin -600 2>/dev/null)" ] && [ "$(cat "$dir/updated")" = "$mirror" ]; then
        apt_ready[$key]=yes
        return 0
    fi
    rm -rf "$dir"
    mkdir -p "$dir"/{lists/partial,archives/partial,parts}
    : >"$dir/status"
    cat >"$dir/apt.conf" <<C
Dir::Etc::sourcelist "$dir/sources.list";
Dir::Etc::sourceparts "$dir/parts";
Dir::Etc::preferences "$dir/preferences";
Dir::Etc::preferencesparts "$dir/parts";
Dir::State "$dir";
Dir::State::lists "$dir/lists";
Dir::State::status "$dir/status";
Dir::State::extended_states "$dir/extended_states";
Dir::Cache "$dir";
Dir::Cache::archives "$dir/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
Dir::Log "$dir";
APT::Architecture "amd64";
APT::Architectures { "amd64"; "arm64"; };
APT::Sandbox::User "root";
APT::Install-Recommends "false";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Acquire::Retries "2";
// Signatures are checked; that a mirror lags behind is no reason to stop.
Acquire::Check-Valid-Until "false";
Acquire::http::Timeout "30";
Debug::NoLocking "true";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
C
    [ -f /usr/share/keyrings/debian-archive-keyring.gpg ] &&
        by=" signed-by=/usr/share/keyrings/debian-archive-keyring.gpg"
    {
        if [ "$key" = base ]; then
            echo "deb [arch=amd64$by] $mirror $suite main"
            echo "deb [arch=amd64$by] $security $suite-security main"
            echo "deb-src [$by ] $mirror $suite main"
        elif [ "$key" = next ]; then
            echo "deb [arch=amd64,arm64$by] $mirror $suite main"
        else
            echo "deb [arch=amd64$by] $mirror $suite main"
        fi
    } | sed 's/\[ */[/; s/ *\]/]/' >"$dir/sources.list"
    say "package lists of $suite from $mirror"
    apt_private "$key" update >"$dir/update.log" 2>&1 || mirror_failed "$dir/update.log" "$key"
    echo "$mirror" >"$dir/updated"
    apt_ready[$key]=yes
}

# apt_retry KEY DIR LOG COMMAND...: runs apt-get in DIR; lists that are too old
# name packages that are gone, so it tries again with new ones.
apt_retry()
{
    local key=$1 dir=$2 log=$3; shift 3
    apt_prepare "$key"
    if ! ( cd "$dir" && apt_private "$key" "$@" ) >"$log" 2>&1; then
        rm -f "$prefix/apt/$key/updated"
        apt_ready[$key]=
        apt_prepare "$key"
        ( cd "$dir" && apt_private "$key" "$@" ) >"$log" 2>&1 || mirror_failed "$log" "$key"
    fi
    rm -f "$log"
}

# Parts of a closure that any Debian has, or that only make sense installed.
readonly not_unpacked='^(libc-bin|gcc-12-base|dpkg|tar|perl.*|libperl.*|lib.*-perl|usrmerge|debconf|passwd|adduser|mount|systemd.*|libsystemd-shared|init-system-helpers|sysvinit-utils|libpam.*|dbus.*|dmsetup|procps|libsemanage.*|libdb5.3.*|libaudit.*|python3.*|libpython3.*|libssl-dev|libnode-dev|icu-devtools|eslint|webpack)$'

# closure_of KEY PACKAGE...: the packages and what they depend on, one a line.
closure_of()
{
    local key=$1; shift
    apt_private "$key" install --print-uris -qq -y "$@" |
        awk -v drop="$not_unpacked" '{ sub(/_.*/, "", $2); if ($2 !~ drop) print $2 }'
}

# fetch KEY MODE DIR PACKAGE...: downloads and unpacks into DIR; lists the
# packages with their versions in DIR.packages.
fetch()
{
    local key=$1 mode=$2 dir=$3 debs=$3.debs; shift 3
    apt_prepare "$key"
    rm -rf "$dir" "$debs"; mkdir -p "$dir" "$debs"
    local names=("$@")
    if [ "$mode" = closure ]; then
        readarray -t names < <(closure_of "$key" "$@")
    fi
    apt_retry "$key" "$debs" "$debs.log" download -qq "${names[@]}"
    say "  ${#names[@]} packages, $(du -sm "$debs" | cut -f1) MB from ${suite_name[$key]}"
    ( cd "$debs" && ls -- *.deb ) | sed 's/%3a/:/; s/\.deb$//' >"$dir.packages"
    local deb
    for deb in "$debs"/*.deb; do
        dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$dir" --no-same-owner --exclude=./usr/share/doc \
            --exclude=./usr/share/man --exclude=./usr/share/locale --exclude=./usr/share/lintian ||
            die "cannot unpack $(basename "$deb") below $prefix (disk full?)"
        rm -f "$deb"
    done
    rm -rf "$debs"
    merge_usr "$dir"
}

# /bin, /lib, /sbin become part of usr, as on a merged system.
merge_usr()
{
    local d
    for d in bin lib lib64 sbin; do
        [ -d "$1/$d" ] && [ ! -L "$1/$d" ] || continue
        mkdir -p "$1/usr/$d"
        cp -a "$1/$d/." "$1/usr/$d/"
        rm -rf "${1:?}/$d"
    done
}

# setup_source NAME DIR: upstream's source as Debian carries it, without
# Debian's patches.  The archive is kept in the prefix.
setup_source()
{
    local name=$1 dir=$2 kept=$prefix/sources/$1 archive strip=1
    lock_prefix
    if ! ls "$kept"/*.orig.tar.* >/dev/null 2>&1; then
        rm -rf "$kept.new"; mkdir -p "$kept.new"
        apt_retry base "$kept.new" "$kept.log" source --download-only -qq "$name"
        say "source of $name: $(ls "$kept.new" | grep -F .orig.tar | head -n 1)"
        rm -rf "$kept"; mv "$kept.new" "$kept"
    fi
    unlock_prefix
    use_prefix
    mkdir -p "$dir"
    archive=$(ls "$kept"/*.orig.tar.* | grep -v '\.asc$' | head -n 1)
    # Not all archives have one directory for everything.
    [ "$(tar -t -f "$archive" | cut -d/ -f1 | sort -u | wc -l)" = 1 ] || strip=0
    tar -x -f "$archive" -C "$dir" --strip-components=$strip || die "cannot unpack $archive"
}
