/**
 * docker stats of the three eras of its command line: the client subtracts, so its version decides, not the engine's
 * (docker/cli cli/command/container/stats_helpers.go; numbers and commits at each maker).
 */
import { type Context, cgroupVersion, isOlder, present } from '../context.ts';
import {
	type DockerEra,
	dockerCpuPercent,
	dockerMemory,
	printDockerCpu,
	printDockerMemory,
} from '../docker-figures.ts';
import { counterRate } from '../rate.ts';
import { type ClaimMaker, type Measured, state } from './claim.ts';

export type DockerTool = 'docker-stats' | 'docker-stats-17.06' | 'docker-stats-17.05';

const eraOfTool: Readonly<Record<DockerTool, DockerEra>> = {
	'docker-stats': '20.10',
	'docker-stats-17.06': '17.06',
	'docker-stats-17.05': '17.05',
};

function readsCache(context: Context): boolean {
	const usage = context.readings.find('usage', 'docker', 'cgroup-v1');
	return usage !== undefined && context.readings.find('localCache', usage.source) !== undefined;
}

/** What docker reads itself, else the counters that it would read. */
function memoryOf(context: Context, tool: DockerTool): Measured {
	// Without `cache` v2 cannot be told from a v1 that was read in part, unless the version is known.
	const partial = cgroupVersion(context) === 'v1' && !readsCache(context);
	const { value, from } =
		tool === 'docker-stats-17.06' && partial
			? { value: Number.NaN, from: [] }
			: dockerMemory(context.readings, eraOfTool[tool]);
	const needs = context.readings.find('usage', 'docker', 'cgroup-v1', 'cgroup-v2') === undefined ? 'docker' : '';
	return { value, from, needs: needs || (tool === 'docker-stats' ? 'inactive-file' : 'local-cache') };
}

function era(context: Context): DockerTool {
	const version = context.versions.docker;
	if (isOlder(version, 17, 6)) {
		return 'docker-stats-17.05';
	}
	return isOlder(version, 20, 10) ? 'docker-stats-17.06' : 'docker-stats';
}

/** Docker runs here if the runtime is docker, or its engine answered. */
function runs(context: Context): boolean {
	const { runtime, docker } = context.versions;
	return runtime === ''
		? docker !== '' || context.readings.all.some((reading) => reading.source === 'docker')
		: runtime.startsWith('docker');
}

const eras: Readonly<Record<DockerTool, string>> = {
	'docker-stats': 'docker CLI ≥ 20.10',
	'docker-stats-17.06': 'docker CLI 17.06–19.03',
	'docker-stats-17.05': 'docker CLI ≤ 17.05',
};

function wording(context: Context, tool: DockerTool, formula: string) {
	return { formula, live: runs(context) && era(context) === tool, decidedBy: eras[tool] };
}

function usageField(context: Context): string {
	const version = cgroupVersion(context);
	return version === 'v1' ? 'memory.usage_in_bytes' : version === 'v2' ? 'memory.current' : 'usage';
}

/**
 * `Δ cpu / Δ system · CPUs` in nanocores. System time is the first seven fields of /proc/stat, so steal makes it run
 * slow and the figure large.
 */
function dockerCpu(context: Context): Measured {
	const { readings, previous } = context;
	if (readings.find('cpuTime', 'docker') === undefined) {
		// Without docker's own system time: what it would be on a machine from which nothing is stolen.
		const rates = (['cgroup-v2', 'cgroup-v1'] as const).map((source) => counterRate(context, source));
		const plain = rates.find((rate) => rate.formula !== '');
		return plain === undefined
			? { value: Number.NaN, from: [], needs: 'docker' }
			: { value: plain.value, from: plain.from, needs: plain.needs };
	}
	const percentage = previous === undefined ? Number.NaN : dockerCpuPercent(previous, readings);
	// A frame of the engine may carry the sample before it; its source has made the rate of both.
	const ready = readings.find('cpuRate', 'docker');
	if (Number.isNaN(percentage) && ready !== undefined) {
		return { value: ready.value, from: [ready], needs: '' };
	}
	const quantities = ['cpuTime', 'systemCpuTime', 'onlineCpus'] as const;
	const from = [previous, readings].flatMap((all) => quantities.map((quantity) => all?.find(quantity, 'docker')));
	return { value: percentage * 1e7, from: present(...from), needs: 'second-sample' };
}

function percent(nanocores: number): string {
	return printDockerCpu(nanocores / 1e7);
}

function maker(tool: DockerTool, subtracts: (version: string) => string) {
	const made: ClaimMaker = {
		tool,
		kinds: ['container', 'cgroup'],
		memory: (context) =>
			state(
				memoryOf(context, tool),
				printDockerMemory,
				wording(context, tool, `${usageField(context)}${subtracts(cgroupVersion(context))}`),
			),
	};
	return made;
}

/** docker/cli 20.10 and later. */
export const dockerStats: ClaimMaker = {
	...maker('docker-stats', (version) => ` − ${version === 'v1' ? 'total_inactive_file' : 'inactive_file'}`),
	cpu: (context) =>
		state(dockerCpu(context), percent, wording(context, 'docker-stats', '100 · Δ cpu time / Δ system time · CPUs')),
};

/** docker/cli 17.06.0 to 19.03.15. */
export const dockerStats1706: ClaimMaker = maker('docker-stats-17.06', (version) =>
	version === 'v2' ? '' : ' − cache',
);

/** docker 17.05 and before. */
export const dockerStats1705: ClaimMaker = maker('docker-stats-17.05', () => '');
