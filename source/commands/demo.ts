import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { serving } from '../messages/en/demo.ts';
import { type CommandContext, UsageError } from './command.ts';
import { checkFaults, describeFaults } from './demo-faults.ts';
import { demoFailure, demoOptions } from './demo-options.ts';
import { monitor } from './monitor.ts';

/** `whytop demo`: the monitor on the embedded cluster, or, with `--serve`, only the cluster. */
export async function demo(context: CommandContext): Promise<ExitCode> {
	const { lists, out, program, strings, switches, words } = context;
	if (words.length > 0) {
		throw new UsageError(`${program} demo takes no arguments, and was given: ${words.join(' ')}`);
	}
	const wanted = lists['fault'] ?? [];
	if (wanted.includes('list')) {
		out(describeFaults());
		return exitCodes.ok;
	}
	checkFaults(wanted);
	if (switches['serve'] !== true) {
		return monitor({ ...context, switches: { ...switches, demo: true } });
	}
	const { serveUntilSignal } = await import('../demo/start.ts');
	const options = { ...demoOptions(context), kubeconfig: strings['kubeconfig'], files: strings['files'] };
	await serveUntilSignal(options, ({ kubeconfig, machines, url }) => out(serving(url, kubeconfig, machines))).catch(
		(error: unknown) => {
			throw demoFailure(error);
		},
	);
	return exitCodes.ok;
}
