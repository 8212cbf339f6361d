/** Turns what went wrong into kubectl's line and what it means. */
import { exitCodes } from '../../exit-codes.ts';
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/errors.ts';
import { findingMessage } from '../../messages/en/findings.ts';
import { withKubectlFlags } from '../../messages/en/kubectl-command.ts';
import * as text from '../../messages/en/top.ts';
import { findRegistration, type MetricsRegistration } from './kubectl-discovery.ts';
import { type Asked, kubectlLine } from './kubectl-error.ts';
import type { TopStreams } from './request.ts';

/** Ends the command: kubectl's line, and what we can say about it. */
export class TopFailure extends Error {
	readonly advice: text.Advice;
	readonly code: typeof exitCodes.failed | typeof exitCodes.couldNotRun;

	constructor(
		line: string,
		advice: text.Advice = text.noAdvice,
		code: typeof exitCodes.failed | typeof exitCodes.couldNotRun = exitCodes.failed,
	) {
		super(line);
		this.advice = advice;
		this.code = code;
	}

	print({ error }: TopStreams, kubectlFlags: string): void {
		const { means, act } = this.advice;
		const commands = act.map((line) => `  ${withKubectlFlags(line, kubectlFlags)}`);
		const lines = [this.message, ...(means === '' ? [] : [means]), ...commands];
		error(`${lines.join('\n')}\n`);
	}
}

/** Where the failed request looked: the namespace, '' for all or for none. */
export interface Failed extends Asked {
	namespace: string;
}

/** A failed request for samples. kubectl looks at discovery first, so its line may come from there. */
export async function metricsFailure(error: unknown, client: KubeClient, failed: Failed): Promise<unknown> {
	if (!(error instanceof KubeError) || error.kind !== 'status') {
		return objectFailure(error, client, failed);
	}
	const refused = selectorFailure(error, failed, client);
	if (refused !== null) {
		return refused;
	}
	const registration = await registrationOf(client);
	if (registration?.kind === 'absent') {
		return new TopFailure(text.apiNotAvailable, adviceOf('api-group-absent', failed));
	}
	if (registration?.kind === 'stale') {
		return new TopFailure(text.apiNotAvailable, text.backendSilent(adviceOf('apiservice-unavailable', failed).act));
	}
	if (registration?.kind === 'failed') {
		return new TopFailure(registration.line, { means: error.message, act: [] });
	}
	return objectFailure(error, client, failed);
}

/** A selector that the server cannot read, kubectl cannot read either, and says so in the same words without asking. */
function selectorFailure(error: KubeError, failed: Failed, client: KubeClient): TopFailure | null {
	if (error.status !== 400) {
		return null;
	}
	if (/^(?:found '|unable to parse requirement: )/.test(error.message)) {
		return new TopFailure(text.badSelector(error.message), text.selectorSyntax('label'));
	}
	if (/^invalid selector: /.test(error.message)) {
		return new TopFailure(text.badSelector(error.message), text.selectorSyntax('field'));
	}
	return / is not a known field selector/.test(error.message)
		? new TopFailure(kubectlLine(error, failed, client.target.server) ?? error.message, text.unknownField)
		: null;
}

async function registrationOf(client: KubeClient): Promise<MetricsRegistration | null> {
	try {
		return await findRegistration(client);
	} catch {
		// The first error says more than this one.
		return null;
	}
}

/** A failed request for anything; other errors than those of `kube` come back as they are. */
export function objectFailure(error: unknown, client: KubeClient, failed: Failed): unknown {
	if (!(error instanceof KubeError)) {
		return error;
	}
	const line = kubectlLine(error, failed, client.target.server);
	const code = error.kind === 'status' ? exitCodes.failed : exitCodes.couldNotRun;
	if (line === null) {
		return new TopFailure(error.message, text.noAdvice, code);
	}
	return new TopFailure(
		line,
		error.kind === 'status' ? statusAdvice(error, failed) : { means: error.message, act: [] },
		code,
	);
}

function statusAdvice(error: KubeError, failed: Failed): text.Advice {
	if (error.status === 403) {
		return text.forbidden(failed.resource, failed.namespace);
	}
	if (failed.resource.endsWith('.metrics.k8s.io') && error.status >= 500) {
		const { act } = adviceOf('apiservice-unavailable', failed);
		return error.status === 503 || error.status === 504 ? text.backendSilent(act) : text.backendFails(act);
	}
	return text.noAdvice;
}

/** What the finding of that id says. */
export function adviceOf(id: string, { resource, namespace }: Failed): text.Advice {
	const message = findingMessage(id);
	const facts = { resource: resource.startsWith('pods') ? 'pods' : 'nodes', namespace };
	return { means: message.means(facts), act: message.act(facts) };
}
