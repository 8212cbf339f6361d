# Builds the Kubernetes programs and metrics-server as Go modules. Sourced by `cluster`.
# shellcheck shell=bash

# The programs to build are the `tool` lines of programs/go.mod. All in one command, because they
# share most packages: together they take about 4 minutes on 2 cores.
build_programs() {
	local wanted built_mark=$program_folder/built-from
	wanted=$(cat "$rig_folder/programs/go.mod" "$rig_folder/programs/go.sum" | sha256sum)
	if [[ -f $built_mark && $(<"$built_mark") == "$wanted" ]]; then
		return
	fi
	command -v go >/dev/null || fail "Go is needed to build the programs of the cluster"

	local version
	version=$(cd "$rig_folder/programs" && go list -m -f '{{.Version}}' k8s.io/kubernetes)
	say "building Kubernetes $version and metrics-server (about 5 minutes, once)"

	# Without these the programs report a placeholder instead of their version.
	local minor=${version#v1.} package linker_flags="-s -w"
	for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
		linker_flags+=" -X $package.gitVersion=$version -X $package.gitMajor=1"
		linker_flags+=" -X $package.gitMinor=${minor%%.*} -X $package.gitTreeState=clean"
	done

	# A build cache of its own, removed afterwards: it grows to 3 GB and is of no use again.
	local unfinished=$cache_folder/programs.unfinished build_cache=$cache_folder/go-build
	rm -rf "$unfinished"
	mkdir -p "$unfinished"
	(
		cd "$rig_folder/programs" || exit
		CGO_ENABLED=0 GOCACHE=$build_cache GOFLAGS=-mod=readonly GOWORK=off \
			nice go build -p 2 -trimpath -ldflags "$linker_flags" -o "$unfinished/" tool
	)
	printf '%s\n' "$wanted" >"$unfinished/built-from"
	rm -rf "$program_folder" "$build_cache"
	mv "$unfinished" "$program_folder"
}
