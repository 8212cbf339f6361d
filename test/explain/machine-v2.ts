/**
 * A machine of cgroup v2 with one workload in each of its cgroups, as the guest of test/vm brought it out: a folder with a
 * tree for each of several moments, readable as another machine's root, and the times at which it was read.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeLedger } from '../../source/explain/ledger.ts';
import { type CgroupAnswer, readCgroup } from '../../source/gather/cgroup.ts';
import { readHost } from '../../source/gather/host.ts';
import type { Ledger } from '../../source/model/ledger.ts';
import { Readings } from '../../source/model/reading.ts';

/** The first and the last of what was read; what lies between them is for people. */
const moments = ['1', '3'] as const;

/** When a cgroup (`/` for the machine) was read, ms since the machine was started. */
function timeOf(folder: string, moment: string, name: string): number {
	const line = readFileSync(join(folder, moment, 'times'), 'utf8')
		.split('\n')
		.find((each) => each.startsWith(`${name} `));
	return Number(line?.split(' ')[1]) * 1000;
}

/** All of one moment: that they were copied one after the other must not pass for a reason. */
async function readingsAt(
	folder: string,
	moment: string,
	name: string,
): Promise<{ answer: CgroupAnswer; readings: Readings }> {
	const root = join(folder, moment, 'tree');
	const answer = name === '/' ? await readHost({ root }) : await readCgroup(`/${name}`, { root });
	const at = timeOf(folder, moment, name);
	return { answer, readings: new Readings(answer.readings.map((reading) => ({ ...reading, at }))) };
}

/** The ledger of a cgroup of the machine, or of the machine itself as `/`, with the readings that it was made of. */
export async function ledgerOf(folder: string, name: string): Promise<{ ledger: Ledger; readings: Readings }> {
	const [before, now] = await Promise.all(moments.map((moment) => readingsAt(folder, moment, name)));
	if (before === undefined || now === undefined) {
		throw new Error(`nothing was read of ${name}`);
	}
	const [subject, kind] = name === '/' ? (['host', 'host'] as const) : ([`cgroup/${name}`, 'cgroup'] as const);
	return {
		ledger: makeLedger(subject, kind, now.readings, now.answer.versions, before.readings),
		readings: now.readings,
	};
}

/** Unpacks a captured machine to a new folder, which is the caller's to remove. */
export function unpackCaptured(name: string): string {
	const archive = fileURLToPath(new URL(`./fixtures/cgroup-v2/${name}.tar.gz`, import.meta.url));
	const folder = mkdtempSync(join(tmpdir(), 'whytop-'));
	execFileSync('tar', ['-xzf', archive, '-C', folder]);
	return folder;
}
