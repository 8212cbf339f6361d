import type { ConnectionFlags } from '../kube/connection-flags.ts';
import type { CommandContext } from './command.ts';

/** Runs with the cluster that the flags name; with `--demo` that is an embedded one, which ends with the run. */
export async function withCluster<Result>(
	context: CommandContext,
	run: (connection: ConnectionFlags) => Promise<Result>,
): Promise<Result> {
	if (context.switches['demo'] !== true) {
		return run(context.connection);
	}
	const { startDemo } = await import('../demo/start.ts');
	const { demoOptions } = await import('./demo-options.ts');
	const demo = await startDemo(demoOptions(context));
	try {
		return await run({ kubeconfig: demo.kubeconfig });
	} finally {
		await demo.close();
	}
}
