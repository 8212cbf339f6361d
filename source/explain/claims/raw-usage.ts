/** The charge counter and the CPU counter themselves, as a cat of their files shows them. */
import { chargedMemory } from '../charged-memory.ts';
import { cgroupVersion, isMachine } from '../context.ts';
import { plus, signedSum } from '../signed-sum.ts';
import { decidedByCgroup } from '../working-set.ts';
import { type ClaimMaker, groups, state, whole } from './claim.ts';

export const rawUsage: ClaimMaker = {
	tool: 'raw-usage',
	kinds: groups,
	memory: (context) => {
		const memory = chargedMemory(context);
		// A v2 root has no such file: then nobody prints it.
		const ownFile = memory?.source === 'cgroup-v2' && memory.get('usage') !== undefined;
		if (memory?.version === 'v2' && !ownFile && (isMachine(context) || memory.get('usage') === undefined)) {
			return undefined;
		}
		return state({ ...signedSum([plus(memory?.get('usage'))]), needs: 'cgroup' }, whole, {
			formula: cgroupVersion(context) === 'v2' ? 'memory.current' : 'memory.usage_in_bytes',
			decidedBy: decidedByCgroup(context),
		});
	},
};
