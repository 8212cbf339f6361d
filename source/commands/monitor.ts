import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { needsTerminal } from '../messages/en/commands.ts';
import { startHost } from '../monitor/start.ts';
import { capabilities } from '../ui/terminal/capabilities.ts';
import { type CommandContext, UsageError } from './command.ts';
import { namespaceOf, timeOf } from './connection.ts';
import { withCluster } from './with-cluster.ts';

/** The API's own resolution: polling faster brings the same numbers again. */
const defaultRefresh = 15_000;
const shortestRefresh = 1_000;

/** The live monitor, the command that runs when none is named. */
export async function monitor(context: CommandContext): Promise<ExitCode> {
	if (context.words.length > 0) {
		throw new UsageError(`the monitor takes no arguments, and was given: ${context.words.join(' ')}`);
	}
	const refresh = refreshOf(context);
	const isTerminal = process.stdout.isTTY === true && process.stdin.isTTY === true;
	if (!isTerminal || !capabilities(context.environment, isTerminal).interactive) {
		context.error(needsTerminal(context.program, isTerminal));
		return exitCodes.couldNotRun;
	}
	// The screen is loaded while the demo cluster, if asked for, comes up.
	const loading = import('./screen.ts');
	return withCluster(context, async (connection) => {
		const host = startHost({
			connection,
			namespace: namespaceOf(context),
			labelSelector: context.strings['selector'] ?? '',
			fieldSelector: context.strings['fieldSelector'] ?? '',
			refresh,
			demo: context.switches['demo'] === true,
			root: context.strings['root'] ?? '/',
			debugFile: context.strings['debug'] ?? '',
		});
		const { showScreen } = await loading;
		return showScreen(host, context.environment, context.switches['plain'] === true);
	});
}

/** @throws UsageError */
function refreshOf({ strings }: CommandContext): number {
	const text = strings['refresh'];
	const refresh = text === undefined ? defaultRefresh : timeOf('--refresh', text);
	if (refresh < shortestRefresh) {
		throw new UsageError(`--refresh is at least 1s: ${text} would only load the API server`);
	}
	return refresh;
}
