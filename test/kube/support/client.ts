import type { TestContext } from 'node:test';
import type { KubeClient } from '../../../source/kube/client.ts';
import { type ConnectOptions, connect } from '../../../source/kube/connect.ts';
import type { ConnectionFlags } from '../../../source/kube/connection-flags.ts';
import { KubeError } from '../../../source/kube/errors.ts';
import { HttpClient } from '../../../source/kube/http-client.ts';

/** A client for flags alone (no kubeconfig of this machine is read), closed after the test. */
export async function clientFor(
	test: TestContext,
	flags: ConnectionFlags,
	environment: NodeJS.ProcessEnv = {},
	options: ConnectOptions = {},
): Promise<KubeClient> {
	const client = await connect(flags, { KUBECONFIG: '/dev/null', PATH: process.env['PATH'], ...environment }, options);
	test.after(() => client.close());
	return client;
}

/** What only tests and the transport itself use. */
export function internals(client: KubeClient): HttpClient {
	if (client instanceof HttpClient) {
		return client;
	}
	throw new Error('another client');
}

/** The KubeError that a promise rejects with. */
export async function kubeError(promise: Promise<unknown>): Promise<KubeError> {
	try {
		await promise;
	} catch (error) {
		if (error instanceof KubeError) {
			return error;
		}
		throw error;
	}
	throw new Error('it did not fail');
}

/** Waits until something holds; fails if it does not within ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
	const deadline = performance.now() + 10_000;
	while (!condition()) {
		if (performance.now() > deadline) {
			throw new Error(`it did not come to hold: ${condition}`);
		}
		await new Promise((resolve) => {
			setTimeout(resolve, 5);
		});
	}
}
