/** Subjects of this machine, and containers of a Docker engine. */
import { under } from '../../host/cgroup/mounts.ts';
import { DockerClient } from '../../host/docker/client.ts';
import { dockerEndpoint } from '../../host/docker/endpoint.ts';
import { readText } from '../../host/files.ts';
import { explainText } from '../../messages/en/explain.ts';
import type { LedgerKind } from '../../model/ledger.ts';
import { Readings } from '../../model/reading.ts';
import { procStatReadings } from '../../sources/proc.ts';
import type { CgroupAnswer } from '../cgroup.ts';
import { readDockerContainer } from '../docker.ts';
import { readHost } from '../host.ts';
import { readOneProcess } from '../process.ts';
import { readContainerCgroup, twice } from './files.ts';
import {
	type Gathered,
	type GatherOptions,
	type Machine,
	NotFound,
	ownMachine,
	unread,
	withCadvisor,
	withFiles,
} from './gathered.ts';

/** Reads twice, so that counters give rates. */
export async function gatherLocal(
	kind: LedgerKind,
	machine: Machine,
	read: () => Promise<CgroupAnswer>,
	otherwise = '',
): Promise<Gathered> {
	const [before, now] = await twice(machine, async () => {
		const answer = await read();
		if (!answer.exists && otherwise !== '') {
			throw new NotFound(otherwise);
		}
		return answer;
	});
	return {
		kind,
		readings: new Readings(now.readings),
		previous: new Readings(before.readings),
		versions: now.versions,
		problems: unread(now),
	};
}

export async function gatherHost(options: GatherOptions): Promise<Gathered> {
	const machine = await ownMachine(options);
	const read = () => readHost({ root: machine.root });
	return withCadvisor(await gatherLocal('host', machine, read), { kind: 'machine' }, options);
}

export async function gatherProcess(pid: number, machine: Machine): Promise<Gathered> {
	const [before, now] = await twice(machine, async () => {
		const answer = await readOneProcess(pid, { root: machine.root });
		if (!answer.exists) {
			throw new NotFound(explainText.noProcess(pid));
		}
		return answer;
	});
	return {
		kind: 'process',
		readings: new Readings(now.readings),
		previous: new Readings(before.readings),
		versions: now.versions,
		problems: [],
		notes: now.cgroup === '' ? [] : [explainText.chargedTo(pid, now.cgroup)],
	};
}

export async function gatherDocker(name: string, options: GatherOptions): Promise<Gathered> {
	const machine = await ownMachine(options);
	const endpoint = dockerEndpoint(machine.environment, machine.root);
	const samples: CgroupAnswer[] = [];
	const measured = await readDockerContainer(new DockerClient(endpoint), name, {}, async ({ id }) => {
		// An engine behind a socket of this machine keeps its containers' cgroups here.
		const found = endpoint.kind === 'unix' ? await readContainerCgroup(id, machine) : undefined;
		samples.push(...(found === undefined ? [] : [found]));
	});
	const gathered: Gathered = { kind: 'container', ...measured, problems: [] };
	const { id } = measured.container;
	const [before, now] = samples;
	const here =
		before === undefined || now === undefined
			? gathered
			: withFiles(gathered, { ...now, previous: before.readings }, unread(now, before));
	return withCadvisor(here, { kind: 'container', id }, options);
}

/** How many CPUs there are: some tools divide by them. */
export async function withProcessors(gathered: Gathered, root: string): Promise<Gathered> {
	const at = Date.now();
	const { text } = await readText(under(root, '/proc/stat'));
	const processors = procStatReadings(text, at).filter(({ quantity }) => quantity === 'onlineCpus');
	return { ...gathered, readings: gathered.readings.with(processors) };
}
