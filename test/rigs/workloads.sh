# Makes the two small programs of the workloads. Sourced by the rigs.
# shellcheck shell=bash

workload_sources=("$rig_folder/../cluster/image/load.c" "$rig_folder/../docker/image/processes.c")

# Whether FILE was made of the programs as they are.
is_newer_than_workloads() {
	[[ -f $1 && $1 -nt ${workload_sources[0]} && $1 -nt ${workload_sources[1]} ]]
}

# compile_workloads FOLDER: static ones, for the images hold no C library.
compile_workloads() {
	local source name
	need_compiler
	for source in "${workload_sources[@]}"; do
		name=${source##*/}
		cc -static -O1 -Wall -Wextra -s -o "$1/${name%.c}" "$source" -lm
	done
}
