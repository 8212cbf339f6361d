# Debian's packages for the rigs, unpacked and not installed: nothing in the system changes, nothing is started by their
# scripts. Sourced by the rigs, which say and fail by themselves.
# shellcheck shell=bash

# unpack_packages FOLDER PACKAGE…: with what they need and this machine has not.
unpack_packages() {
	local folder=$1 download=$1.download package
	shift
	command -v apt-get dpkg >/dev/null || fail "$* come from Debian's packages: apt-get is needed"
	rm -rf "$download" "$folder"
	mkdir -p "$download/partial" "$folder"
	# A machine that never fetched the package lists knows no package, and old lists name files that are gone.
	download_packages "$download" "$@" || {
		apt-get update >/dev/null 2>&1 || true
		download_packages "$download" "$@"
	} || fail "Debian's packages could not be had: $*"
	for package in "$download"/*.deb; do
		dpkg -x "$package" "$folder"
	done
	rm -rf "$download"
}

download_packages() {
	local download=$1
	shift
	apt-get -y -qq --no-install-recommends --reinstall --download-only -o DPkg::Lock::Timeout=120 \
		-o Dir::Cache::archives="$download" install "$@" >/dev/null 2>&1
}

# The libraries among them.
library_path() {
	printf '%s\n' "$1/usr/lib/x86_64-linux-gnu:$1/lib/x86_64-linux-gnu"
}

can_compile() {
	echo 'int main(void) { return 0; }' | cc -static -x c -o /dev/null - -lm 2>/dev/null
}

# A C compiler is the one thing that does not work from just any folder.
need_compiler() {
	! can_compile || return 0
	command -v apt-get >/dev/null || fail "a C compiler is needed"
	say "installing a C compiler"
	install_compiler || {
		apt-get update >/dev/null 2>&1 || true
		install_compiler
	} || fail "no C compiler could be installed; type: apt-get install gcc libc6-dev"
	can_compile || fail "the C compiler makes no static programs; type: apt-get install libc6-dev"
}

install_compiler() {
	DEBIAN_FRONTEND=noninteractive apt-get -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 \
		install gcc libc6-dev >/dev/null 2>&1
}
