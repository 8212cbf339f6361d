/** What a Docker Engine says of itself: `GET /version` and `GET /info`. */
import { memoryTotal, type NodeModel } from '../../model/node.ts';
import type { JsonObject } from '../json.ts';

/** Of the API that goes with a version of the engine. */
export function apiVersion({ docker }: NodeModel): string {
	return docker.startsWith('24.') ? '1.43' : '1.51';
}

export function versionAnswer(node: NodeModel): JsonObject {
	return {
		Platform: { Name: 'Docker Engine - Community' },
		Components: [{ Name: 'Engine', Version: node.docker, Details: { ApiVersion: apiVersion(node), Os: 'linux' } }],
		Version: node.docker,
		ApiVersion: apiVersion(node),
		MinAPIVersion: docker24(node) ? '1.12' : '1.24',
		Os: 'linux',
		Arch: node.architecture,
		KernelVersion: node.kernel,
	};
}

const docker24 = ({ docker }: NodeModel): boolean => docker.startsWith('24.');

export function infoAnswer(node: NodeModel, containers: number): JsonObject {
	return {
		Name: node.name,
		Containers: containers,
		ContainersRunning: containers,
		ContainersPaused: 0,
		ContainersStopped: 0,
		Driver: 'overlay2',
		CgroupDriver: node.cgroupVersion === 2 ? 'systemd' : 'cgroupfs',
		CgroupVersion: String(node.cgroupVersion),
		KernelVersion: node.kernel,
		OperatingSystem: node.osImage,
		OSType: 'linux',
		Architecture: node.architecture === 'arm64' ? 'aarch64' : 'x86_64',
		NCPU: node.cores,
		MemTotal: memoryTotal(node) * 1024,
		ServerVersion: node.docker,
	};
}
