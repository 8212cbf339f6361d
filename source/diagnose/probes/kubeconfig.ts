import { KubeError } from '../../kube/errors.ts';
import { emptyReply } from '../evidence/answer.ts';
import type { Probe } from '../probe.ts';

/** L1–L3: the files, the context and the credentials, as the connection is made of them. */
export const kubeconfigProbe: Probe<'kubeconfig'> = {
	id: 'kubeconfig',
	step: 'local',
	cost: 0,
	needs: '',
	timeLimit: 5_000,
	when: () => true,
	async ask({ reach }) {
		const request = 'read the kubeconfig';
		const startedAt = performance.now();
		try {
			const { target } = await reach();
			const took = performance.now() - startedAt;
			return { ...emptyReply, request, outcome: 'answered', took, value: target };
		} catch (error) {
			if (!(error instanceof KubeError)) {
				throw error;
			}
			const { code, id: errorId, message } = error;
			const took = performance.now() - startedAt;
			return { ...emptyReply, request, outcome: 'failed', took, error: message, errorId, code, value: null };
		}
	},
};
