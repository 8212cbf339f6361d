import type { ExitCode } from '../exit-codes.ts';
import { type CommandContext, UsageError } from './command.ts';
import { demoOptions } from './demo-options.ts';
import { monitor } from './monitor.ts';

/** `whytop demo`: the monitor on the embedded cluster, or, with `--serve`, only the cluster. */
export async function demo(context: CommandContext): Promise<ExitCode> {
	if (context.words.length > 0) {
		throw new UsageError(`${context.program} demo takes no arguments, and was given: ${context.words.join(' ')}`);
	}
	const { listFaults } = await import('../demo/faults/registry.ts');
	const faults = listFaults();
	if (context.lists['fault']?.includes('list') === true) {
		const width = Math.max(...faults.map(({ name }) => name.length));
		context.out(faults.map(({ description, name }) => `${name.padEnd(width)}  ${description}\n`).join(''));
		return 0;
	}
	for (const wanted of context.lists['fault'] ?? []) {
		if (!faults.some(({ aliases, name }) => name === wanted || aliases?.includes(wanted) === true)) {
			throw new UsageError(`the demo has no fault "${wanted}"; it has: ${faults.map(({ name }) => name).join(', ')}`);
		}
	}
	if (context.switches['serve'] !== true) {
		return monitor({ ...context, switches: { ...context.switches, demo: true } });
	}
	const { serveUntilInterrupted } = await import('../demo/serve.ts');
	return serveUntilInterrupted({ ...demoOptions(context), kubeconfig: context.strings['kubeconfig'] }, context);
}
