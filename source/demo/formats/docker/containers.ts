/** Containers of a Docker Engine: the lines of `GET /containers/json` and the document of `GET /containers/ID/json`. */
import type { Cgroup } from '../../model/cgroups.ts';
import type { NodeModel } from '../../model/node.ts';
import { hexadecimal, mixText } from '../../model/random.ts';
import type { JsonObject } from '../json.ts';

const mebibyte = 2 ** 20;

export function containerName({ template }: Cgroup): string {
	return template?.name ?? '';
}

function imageId(group: Cgroup): string {
	return `sha256:${hexadecimal(mixText(9, group.template?.image ?? ''), 64)}`;
}

/** `Up 3 days`, as go-units says it. */
function since(milliseconds: number): string {
	const hours = Math.floor(milliseconds / 3_600_000);
	return hours < 48
		? `${hours} hours`
		: hours < 24 * 14
			? `${Math.floor(hours / 24)} days`
			: `${Math.floor(hours / 168)} weeks`;
}

/** @param now ms since 1970 */
export function listedContainer(group: Cgroup, now: number): JsonObject {
	const { template } = group;
	return {
		Id: group.id,
		Names: [`/${containerName(group)}`],
		Image: template?.image ?? '',
		ImageID: imageId(group),
		Command: `/${containerName(group)}`,
		Created: Math.floor(group.startedAt / 1000),
		Ports: template?.port === undefined ? [] : [{ PrivatePort: template.port, Type: 'tcp' }],
		Labels: {},
		State: 'running',
		Status: `Up ${since(now - group.startedAt)}`,
		HostConfig: { NetworkMode: 'bridge' },
		NetworkSettings: { Networks: {} },
		Mounts: [],
	};
}

/** @param pid of its first process on the machine */
export function inspectedContainer(node: NodeModel, group: Cgroup, pid: number): JsonObject {
	const { template, limits } = group;
	const memory = (limits.memory ?? 0) * mebibyte;
	return {
		Id: group.id,
		Created: new Date(group.startedAt).toISOString(),
		Path: `/${containerName(group)}`,
		Args: [],
		State: {
			Status: 'running',
			Running: true,
			Paused: false,
			Restarting: false,
			OOMKilled: false,
			Dead: false,
			Pid: pid,
			ExitCode: 0,
			Error: '',
			StartedAt: new Date(group.startedAt).toISOString(),
			FinishedAt: '0001-01-01T00:00:00Z',
		},
		Image: imageId(group),
		Name: `/${containerName(group)}`,
		RestartCount: 0,
		Driver: 'overlay2',
		Platform: 'linux',
		HostConfig: {
			Memory: memory,
			MemorySwap: memory,
			NanoCpus: (limits.cpu ?? 0) * 1_000_000,
			CpuPeriod: 0,
			CpuQuota: 0,
			CgroupParent: '',
			CgroupnsMode: node.cgroupVersion === 2 ? 'private' : 'host',
			NetworkMode: 'bridge',
		},
		Config: { Hostname: group.id.slice(0, 12), Image: template?.image ?? '', Labels: {} },
	};
}
