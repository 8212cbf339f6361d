# What the rig says, and how it waits. Sourced by `cluster`.
# shellcheck shell=bash

say() { printf 'cluster: %s\n' "$*" >&2; }

fail() {
	say "$*"
	exit 1
}

# wait_until SECONDS WHAT COMMAND…: repeats the command until it succeeds.
wait_until() {
	local seconds=$1 what=$2 last_moment=$((SECONDS + $1))
	shift 2
	until "$@" >/dev/null 2>&1; do
		((SECONDS < last_moment)) || fail "waited $seconds s in vain for: $what (logs: $log_folder)"
		sleep 0.2
	done
}
