import type { Demo } from '../demo/options.ts';
import type { ConnectionFlags } from '../kube/connection-flags.ts';
import type { CommandContext } from './command.ts';

/**
 * Runs with the cluster that the flags name; with `--demo` that is an embedded one, which ends with the run.
 *
 * @throws UsageError if what was said of the demo makes no sense
 * @param run gets the embedded one too: its machines are read in place of this one
 */
export async function withCluster<Result>(
	context: CommandContext,
	run: (connection: ConnectionFlags, demo?: Demo) => Promise<Result>,
): Promise<Result> {
	if (context.switches['demo'] !== true) {
		return run(context.connection);
	}
	const [{ startDemo }, { demoFailure, demoOptions }] = await Promise.all([
		import('../demo/start.ts'),
		import('./demo-options.ts'),
	]);
	const demo = await startDemo(demoOptions(context)).catch((error: unknown) => {
		throw demoFailure(error);
	});
	try {
		return await run({ kubeconfig: demo.kubeconfig }, demo);
	} finally {
		await demo.close();
	}
}
