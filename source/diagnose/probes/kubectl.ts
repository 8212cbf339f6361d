import { runProcess } from '../../kube/credentials/exec-process.ts';
import { clean } from '../../model/clean.ts';
import { objectField, parseJson, textField } from '../../sources/json/fields.ts';
import { emptyReply } from '../evidence/answer.ts';
import { answerOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { findProgram } from './local/find-program.ts';

/** ms */
const patience = 3_000;
const request = 'run kubectl version --client';

/**
 * L5: of which version the kubectl on PATH is, where there is no metrics API: old ones ask for Heapster then. It is run
 * as whoever examines would run it, and asks no cluster for its own version.
 */
export const kubectlProbe: Probe<'kubectl'> = {
	id: 'kubectl',
	step: 'discovery',
	cost: 0,
	needs: '',
	timeLimit: 4_000,
	after: ['metrics-group'],
	when: (evidence) => answerOf(evidence, 'metrics-group').status === 404,
	async ask({ settings, signal }) {
		const startedAt = performance.now();
		const environment = settings?.environment;
		const path = environment === undefined ? '' : await findProgram('kubectl', environment);
		if (path === '') {
			return { ...emptyReply, request, outcome: 'answered', value: null };
		}
		const output = await run(path, environment ?? {}, signal);
		const took = performance.now() - startedAt;
		const { gitVersion, minor } = versionOf(output);
		return {
			...emptyReply,
			request,
			outcome: 'answered',
			took,
			value: Number.isNaN(minor) ? null : { path: clean(path), gitVersion, minor },
		};
	},
};

async function run(command: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
	const args = ['version', '--client', '--output=json'];
	const running = runProcess({ command, args, env, timeLimit: patience });
	signal.addEventListener('abort', () => running.kill(), { once: true });
	try {
		return (await running.outcome).stdout;
	} catch {
		// What cannot be started is no kubectl.
		return '';
	}
}

/** JSON since 1.8 or so; older ones write Go's notation. */
export function versionOf(output: string): { gitVersion: string; minor: number } {
	try {
		const client = objectField(parseJson(Buffer.from(output)), 'clientVersion');
		return numbered(textField(client, 'gitVersion'));
	} catch {
		return numbered(/GitVersion:"([^"]+)"/.exec(output)?.[1] ?? '');
	}
}

function numbered(gitVersion: string): { gitVersion: string; minor: number } {
	return { gitVersion: clean(gitVersion), minor: Number(/^v1\.(\d+)/.exec(gitVersion)?.[1] ?? Number.NaN) };
}
