# What the rig says, and how it waits. Sourced by the rig's programs.
# shellcheck shell=bash

say() { printf 'docker rig: %s\n' "$*" >&2; }

fail() {
	say "$*"
	exit 1
}

# What this machine does not allow or does not have: nobody's mistake. Whoever called tells it by its status.
lacking=69

lacks() {
	say "$*"
	exit "$lacking"
}

# wait_until SECONDS WHAT COMMAND…: repeats the command until it succeeds.
wait_until() {
	local seconds=$1 what=$2 last_moment=$((SECONDS + $1))
	shift 2
	until "$@" >/dev/null 2>&1; do
		((SECONDS < last_moment)) || fail "waited $seconds s in vain for: $what"
		sleep 0.2
	done
}
