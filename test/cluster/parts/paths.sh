# Where everything of the rig lives, and the addresses it uses. Sourced by the other parts.
# shellcheck shell=bash disable=SC2034

rig_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Nothing that is built or written at run time lies in the source tree.
cache_folder=${WHYTOP_CLUSTER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/whytop/cluster}
program_folder=$cache_folder/programs
package_folder=$cache_folder/packages
image_folder=$cache_folder/image

# State of one run of the cluster: `cluster down` removes it.
state_folder=$cache_folder/state
key_folder=$state_folder/keys
pid_folder=$state_folder/pids
log_folder=$state_folder/logs
configuration_folder=$state_folder/configuration
kubeconfig_folder=$state_folder/kubeconfigs

# containerd's shims put sockets below its state folder, and the path of a Unix socket may have at
# most 107 characters, so this one folder has a short fixed name.
containerd_state_folder=/run/whytop-cluster
containerd_socket=$containerd_state_folder/containerd.sock

node_name=node-a

etcd_port=12379
etcd_peer_port=12380
api_server_port=16443
api_server_url=https://127.0.0.1:$api_server_port
# ClusterIPs are loopback addresses, so that no kube-proxy is needed: a process that listens on
# the ClusterIP is the Service.
service_range=127.100.0.0/24
metrics_server_address=127.100.0.50

# The unpacked Debian packages keep their own folder layout.
etcd_program=$package_folder/usr/bin/etcd
containerd_program=$package_folder/usr/bin/containerd
ctr_program=$package_folder/usr/bin/ctr
runc_program=$package_folder/usr/sbin/runc
busybox_program=$package_folder/bin/busybox
