# Where everything of the rig lives. Sourced by the other parts.
# shellcheck shell=bash disable=SC2034

rig_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
project_folder=$(cd "$rig_folder/../.." && pwd)

# Nothing that is built or written at run time lies in the source tree; only `run --capture` writes fixtures.
cache_folder=${WHYTOP_VM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/whytop/vm}
package_folder=$cache_folder/packages
kernel_folder=$cache_folder/kernel
tree_folder=$cache_folder/initrd
initrd_file=$cache_folder/initrd.gz
run_folder=$cache_folder/run
