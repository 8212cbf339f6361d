/** What a cAdvisor that runs by itself says of one subject, found by the container's id or by its cgroup. */
import { askCadvisor, type CadvisorAddress, CadvisorError, cadvisorAddress } from '../host/cadvisor.ts';
import { describeCgroup } from '../host/cgroup/describe.ts';
import * as text from '../messages/en/cadvisor.ts';
import { clean } from '../model/clean.ts';
import type { Reading } from '../model/reading.ts';
import { decodeCadvisor } from '../sources/cadvisor.ts';
import type { SourceAnswer, SubjectReadings } from '../sources/subject-readings.ts';

/** What is looked for. */
export type CadvisorWanted =
	| { kind: 'machine' }
	| { kind: 'cgroup'; path: string }
	| { kind: 'container'; id: string }
	/** With the ids of its containers by their names. */
	| { kind: 'pod'; uid: string; containers: ReadonlyMap<string, string> };

export interface CadvisorReadings {
	readings: readonly Reading[];
	cgroup: SourceAnswer['cgroup'];
	/** A sentence each. */
	problems: readonly string[];
}

export interface CadvisorOptions {
	signal?: AbortSignal;
	/** ms for each question, 10 s by default. */
	timeout?: number;
}

/**
 * Asks for two samples, in version 2.1 of the API, or in 1.3 where it is older than that.
 *
 * @throws the reason of the caller's own signal, and nothing else
 */
export async function readCadvisor(
	given: string,
	wanted: CadvisorWanted,
	options: CadvisorOptions = {},
): Promise<CadvisorReadings> {
	try {
		const address = cadvisorAddress(given);
		const answer = await ask(address, wanted, options);
		const readings = readingsOf(answer, wanted);
		const problems = readings.length === 0 ? [text.notThere(address.url, thing(wanted))] : [];
		return { readings, cgroup: answer.cgroup, problems };
	} catch (error) {
		options.signal?.throwIfAborted();
		return { readings: [], cgroup: '', problems: [(error as Error).message] };
	}
}

function thing(wanted: CadvisorWanted): string {
	return wanted.kind === 'cgroup' ? text.things.cgroup(clean(wanted.path)) : text.things[wanted.kind];
}

const none: SourceAnswer = { nodeName: '', subjects: [], notes: [], cgroup: '', kernel: '' };

async function ask(address: CadvisorAddress, wanted: CadvisorWanted, options: CadvisorOptions): Promise<SourceAnswer> {
	const [newer, older] = paths(wanted);
	for (const path of [newer, older]) {
		if (path === undefined) {
			continue;
		}
		try {
			const { body, contentType } = await askCadvisor(address, path, options);
			return decodeCadvisor(body, contentType);
		} catch (error) {
			const kind = error instanceof CadvisorError ? error.kind : '';
			if (kind === 'unknown') {
				return none;
			}
			// A version of the API that it does not know is refused like an unknown path.
			const mayBeOlder = path === newer && older !== undefined && (kind === 'refused' || kind === 'not-cadvisor');
			if (!mayBeOlder) {
				throw error;
			}
		}
	}
	return none;
}

/** Of the machine itself 2.1 gives another form; a container is looked for among all, whoever manages it. */
function paths(wanted: CadvisorWanted): readonly [newer: string | undefined, older: string] {
	if (wanted.kind === 'machine') {
		return [undefined, '/api/v1.3/containers/'];
	}
	if (wanted.kind === 'cgroup') {
		const path = wanted.path.split('/').map(encodeURIComponent).join('/');
		return [`/api/v2.1/stats${path}?count=2`, `/api/v1.3/containers${path}`];
	}
	return ['/api/v2.1/stats/?recursive=true&count=2', '/api/v1.3/subcontainers/'];
}

function readingsOf({ subjects }: SourceAnswer, wanted: CadvisorWanted): readonly Reading[] {
	switch (wanted.kind) {
		case 'machine':
			return subjects.find(({ subject }) => subject.kind === 'node')?.readings ?? [];
		case 'cgroup':
			return subjects.find(({ cgroup }) => cgroup === wanted.path)?.readings ?? [];
		case 'container':
			return withId(subjects, wanted.id)?.readings ?? [];
		case 'pod':
			return podReadings(subjects, wanted);
	}
}

function withId(subjects: readonly SubjectReadings[], id: string): SubjectReadings | undefined {
	return id === ''
		? undefined
		: subjects.find(({ cgroup = '' }) => {
				const { kind, containerId } = describeCgroup(cgroup);
				return kind === 'container' && containerId === id;
			});
}

function podReadings(
	subjects: readonly SubjectReadings[],
	{ containers, uid }: CadvisorWanted & { kind: 'pod' },
): readonly Reading[] {
	const part = (name: string, list: SubjectReadings | undefined): readonly Reading[] =>
		(list?.readings ?? []).map((reading) => ({ ...reading, part: name }));
	const ofPod = subjects.filter(({ cgroup = '' }) => uid !== '' && describeCgroup(cgroup).podUid === uid);
	return [
		...(ofPod.find(({ cgroup = '' }) => describeCgroup(cgroup).kind === 'pod')?.readings ?? []),
		...[...containers].flatMap(([name, id]) => part(`container/${name}`, withId(subjects, id))),
		...part(
			'pause',
			ofPod.find(({ subject }) => subject.kind === 'pause'),
		),
	];
}
