# What the rig says. Sourced by the rig's programs.
# shellcheck shell=bash

say() { printf 'vm rig: %s\n' "$*" >&2; }

fail() {
	say "$*"
	exit 1
}
