import { parseJson, textField } from '../../sources/json/fields.ts';
import { isAnswered } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';

/** A1: the first request. It proves the way to the API server, and what is wrong with it. */
export const versionProbe: Probe<'version'> = {
	id: 'version',
	step: 'reach',
	cost: 1,
	needs: '',
	timeLimit: 8_000,
	when: (evidence) => isAnswered(evidence, 'kubeconfig'),
	ask: (context) =>
		ask(context, '/version', ({ body }) => {
			const answer = parseJson(body);
			const gitVersion = textField(answer, 'gitVersion');
			const minor = Number.parseInt(textField(answer, 'minor') || (/^v\d+\.(\d+)/.exec(gitVersion)?.[1] ?? ''), 10);
			return gitVersion === '' ? null : { gitVersion, minor };
		}),
};
