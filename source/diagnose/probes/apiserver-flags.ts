import { objectsField, parseJson } from '../../sources/json/fields.ts';
import type { ApiServerFlags } from '../evidence/rights.ts';
import { isSlowToAuthorize } from '../evidence/slow-authorizer.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { readPodFacts } from './objects/pod.ts';

/** A18: flags of the API server, where its pod can be seen: not on managed control planes. */
export const apiServerFlagsProbe: Probe<'apiserver-flags'> = {
	id: 'apiserver-flags',
	step: 'registration',
	cost: 1,
	needs: 'list pods in kube-system (role view there)',
	timeLimit: 6_000,
	when: isSlowToAuthorize,
	async ask(context) {
		const answer = await ask(
			context,
			'/api/v1/namespaces/kube-system/pods',
			({ body }) => [...objectsField(parseJson(body), 'items')].map(flagsOfPod),
			{ query: { labelSelector: 'component=kube-apiserver' } },
		);
		return { ...answer, body: answer.status === 200 ? '' : answer.body };
	},
};

function flagsOfPod(object: Parameters<typeof readPodFacts>[0]): ApiServerFlags {
	const { containers, name } = readPodFacts(object);
	const words = containers.flatMap(({ args, command }) => [...command, ...args]);
	const modes = words.find((word) => word.startsWith('--authorization-mode='))?.split('=')[1] ?? '';
	return {
		pod: name,
		authorizationModes: modes.split(',').filter((mode) => mode !== ''),
		hasAuthorizationFile: words.some((word) => /^--authorization-(?:webhook-config-file|config)(?:=|$)/.test(word)),
	};
}
