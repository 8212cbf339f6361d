/** This machine, as free and top of it show it at the same moment. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { makeLedger } from '../../source/explain/ledger.ts';
import { readHost } from '../../source/gather/host.ts';
import type { Bridge, Claim, ToolId } from '../../source/model/ledger.ts';
import { Readings } from '../../source/model/reading.ts';

/** What a program prints, as in every other place; '' if there is none. */
function printed(program: string, ...words: string[]): string {
	try {
		return execFileSync(program, words, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, stdio: 'pipe' });
	} catch {
		return '';
	}
}

/** Which of our claims a version of procps makes; '' of another free, or one between the two. */
function toolOf(version: string): ToolId | '' {
	const [, major = 0, minor = 0, patch = 0] = (/procps-ng (\d+)\.(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
	if (major > 4 || (major === 4 && minor + patch > 0)) {
		return 'free';
	}
	return major === 4 || (major === 3 && minor === 3 && patch >= 12) ? 'free-3.3' : '';
}

const tool = toolOf(printed('free', '--version'));
const skip = tool === '' && 'no free of procps here';

interface Now {
	claims: readonly Claim[];
	bridges: readonly Bridge[];
}

async function ledgerNow(): Promise<Now> {
	const { readings, versions } = await readHost();
	return makeLedger('host', 'host', new Readings(readings), versions);
}

function used({ claims }: Now, of: ToolId): number {
	return claims.find((claim) => claim.tool === of && claim.of === 'memory')?.value ?? Number.NaN;
}

/**
 * Reads the machine before and after a program: what it printed lies between, unless memory went up and down meanwhile,
 * which it does not do every time. A wrong formula is wrong every time.
 *
 * @param unit bytes that the program's last digit stands for
 */
async function agrees(print: () => number, of: ToolId, unit: number): Promise<readonly [number, number, number]> {
	const end = Date.now() + 60_000;
	for (;;) {
		const before = used(await ledgerNow(), of);
		const value = print();
		const after = used(await ledgerNow(), of);
		const [least, most] = [Math.min(before, after) - unit, Math.max(before, after) + unit];
		if ((value >= least && value <= most) || Date.now() > end) {
			assert.ok(value >= least && value <= most, `printed ${value}, we ${before} before and ${after} after it`);
			return [before, value, after];
		}
	}
}

describe('this machine', { skip }, () => {
	test('free prints what we say that its version prints', async (t) => {
		const print = () => Number(/^Mem:\s+\d+\s+(\d+)/m.exec(printed('free', '-b'))?.[1]);
		const found = await agrees(print, tool as ToolId, 1024);
		t.diagnostic(`${tool}: before, free -b and after: ${found.join(' ')}`);
	});

	test('the header of top says the same', async (t) => {
		const print = () =>
			Number(/^MiB Mem :.*?([\d.]+) used/m.exec(printed('top', '-b', '-n1', '-E', 'm'))?.[1]) * 2 ** 20;
		const found = await agrees(print, tool === 'free' ? 'top-on-host' : 'free-3.3', 2 ** 20 / 10);
		t.diagnostic(`before, top -b -n1 and after: ${found.map(Math.round).join(' ')}`);
	});

	test('both ways from the root cgroup to free close, if this is no machine inside another', async (t) => {
		const { bridges, claims } = await ledgerNow();
		const ways = bridges.filter(({ id }) => id === 'B3');
		for (const { residual, terms, to } of ways) {
			assert.equal(residual + 0, 0, to);
			const list = terms.map(({ id, value }) => `${id} ${value}`);
			t.diagnostic(`${to}: ${used({ bridges, claims }, 'kubectl-top-node')} + ${list.join(' + ')}`);
		}
		t.diagnostic(`${ways.length} ways`);
	});
});
