# Where everything of the rig lives. Sourced by the other parts.
# shellcheck shell=bash disable=SC2034

rig_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
project_folder=$(cd "$rig_folder/../.." && pwd)

# Nothing that is built or written at run time lies in the source tree; only `capture` writes fixtures.
cache_folder=${WHYTOP_DOCKER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/whytop/docker}
package_folder=$cache_folder/packages
image_folder=$cache_folder/image

# State of one run of the engine: `engine stop` removes it.
state_folder=$cache_folder/state
engine_log=$state_folder/dockerd.log

# The path of a Unix socket may have at most 107 characters, and the engine adds to this one.
run_folder=/run/whytop-docker
engine_socket=$run_folder/docker.sock
engine_pid_file=$run_folder/docker.pid

image_name=localhost/workload:1
