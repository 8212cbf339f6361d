# Starting and ending the rig's own processes by pid. Sourced by `cluster`.
# shellcheck shell=bash

# A process id alone may have been given to another program since, so the start time is kept too.
process_start_time() {
	local status
	status=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
	# The second field, the name, may hold blanks: cut it off with its closing bracket.
	# What is left begins at field 3; the start time is field 22.
	awk '{print $20}' <<<"${status##*) }"
}

# Prints the pid of a component that runs.
running_pid() {
	local pid start_time
	read -r pid start_time 2>/dev/null <"$pid_folder/$1" || return 1
	[[ $(process_start_time "$pid") == "$start_time" ]] || return 1
	# An ended process that nobody waited for still has its entry.
	[[ $(awk '/^State:/ {print $2}' "/proc/$pid/status" 2>/dev/null) != Z ]] || return 1
	printf '%s\n' "$pid"
}

is_running() { running_pid "$1" >/dev/null; }

# launch COMPONENT COMMAND…: in a session of its own, so that it outlives the terminal.
launch() {
	local component=$1 pid
	shift
	mkdir -p "$pid_folder" "$log_folder"
	rm -f "$pid_folder/$component"
	# The shell becomes the program: its pid is the program's pid.
	# shellcheck disable=SC2016
	(cd "$state_folder" && exec setsid nohup bash -c 'echo $$ >"$0.started" && exec "$@"' \
		"$pid_folder/$component" "$@" </dev/null >>"$log_folder/$component.log" 2>&1 9>&-) &
	wait_until 5 "the start of $component" test -s "$pid_folder/$component.started"
	pid=$(<"$pid_folder/$component.started")
	rm -f "$pid_folder/$component.started"
	printf '%s %s\n' "$pid" "$(process_start_time "$pid")" >"$pid_folder/$component"
}

has_ended() { ! is_running "$1"; }

end_process() {
	local component=$1 pid
	if pid=$(running_pid "$component"); then
		kill "$pid"
		# The API server finishes open watches first; nothing here is worth a longer wait.
		for _ in {1..50}; do
			is_running "$component" || break
			sleep 0.1
		done
		if is_running "$component"; then
			kill -KILL "$pid"
			wait_until 10 "the end of $component" has_ended "$component"
		fi
	fi
	rm -f "$pid_folder/$component"
}
