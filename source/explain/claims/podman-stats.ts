/**
 * podman stats (libpod/stats_linux.go): ≤ 3.4 usage; 4.0 to 5.5 on v2 `anon` alone; from 5.6 on usage less inactive
 * file, 0 if negative. Decimal units.
 */
import { chargedMemory } from '../charged-memory.ts';
import { type Context, isOlder } from '../context.ts';
import { decimalSize, fixed } from '../number-format.ts';
import { cpuRate } from '../rate.ts';
import { plus, signedSum } from '../signed-sum.ts';
import { workingSetFormula } from '../working-set.ts';
import { type ClaimMaker, type Measured, state } from './claim.ts';

/** `5.6.0` of `podman://5.6.0`, '' if the runtime is another. */
function podmanVersion(context: Context): string {
	return context.versions.runtime.startsWith('podman') ? context.versions.runtime : '';
}

interface Era {
	decidedBy: string;
	formula: string;
	measured: Measured;
}

function eraOf(context: Context): Era {
	const memory = chargedMemory(context);
	const version = podmanVersion(context);
	const usage = { ...signedSum([plus(memory?.get('usage'))]), needs: 'cgroup' };
	if (isOlder(version, 4, 0)) {
		return { decidedBy: 'podman ≤ 3.4', formula: 'usage', measured: usage };
	}
	if (isOlder(version, 5, 6)) {
		if (memory?.version === 'v2') {
			const anon = { ...signedSum([plus(memory.get('anon'))]), needs: 'cgroup' };
			return { decidedBy: 'podman 4.0–5.5, cgroup v2', formula: 'anon', measured: anon };
		}
		if (isOlder(version, 4, 5)) {
			return { decidedBy: 'podman 4.0–4.4, cgroup v1', formula: 'usage', measured: usage };
		}
		const lists = [plus(memory?.get('activeAnon')), plus(memory?.get('inactiveAnon'))];
		return {
			// Somewhere between 4.5 and 4.9 the formula for v1 changed; this is the later one.
			decidedBy: 'podman 4.9–5.5, cgroup v1',
			formula: 'total_active_anon + total_inactive_anon',
			measured: { ...signedSum(lists), needs: 'cgroup' },
		};
	}
	const workingSet = memory?.workingSet();
	return {
		decidedBy: 'podman ≥ 5.6',
		formula: workingSetFormula(context),
		measured: { value: workingSet?.value ?? Number.NaN, from: workingSet?.from ?? [], needs: 'cgroup' },
	};
}

export const podmanStats: ClaimMaker = {
	tool: 'podman-stats',
	kinds: ['container'],
	memory: (context) => {
		const { measured, formula, decidedBy } = eraOf(context);
		return state(measured, decimalSize, { formula, decidedBy, live: podmanVersion(context) !== '' });
	},
	cpu: (context) => {
		const rate = cpuRate(context, 'cgroup-v2', 'cgroup-v1');
		return state({ ...rate, needs: rate.needs || 'cgroup' }, (nanocores) => `${fixed(nanocores / 1e7, 2)}%`, {
			formula: '100 · Δ cpu time / Δ t',
			live: podmanVersion(context) !== '',
			decidedBy: podmanVersion(context),
		});
	},
};
